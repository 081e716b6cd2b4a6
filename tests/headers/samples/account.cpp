// add account
//
// Revision ID: 1975ea83b712
// Revises: ae1027a6acf9
// Create Date: 2026-11-20 15:40:00.123456

#include <revise/op.hpp>

namespace {

using namespace revise;

constexpr Revision revision{
    .revision = "1975ea83b712",
    .down_revision = "ae1027a6acf9",  // {} at a base; {"a", "b"} at a merge point
    .branch_labels = {},
    .depends_on = {},
};

void upgrade(Operations& op) {
  op.create_table("account", {
      Column("id", Integer, {.primary_key = true}),
      Column("name", String(50), {.nullable = false}),
      Column("created_at", DateTime, {.server_default = text("CURRENT_TIMESTAMP")}),
      Column("owner_id", Integer),
      ForeignKeyConstraint({"owner_id"}, {"user.id"}, {.name = "fk_account_owner", .ondelete = "CASCADE"}),
      UniqueConstraint({"name"}, {.name = "uq_account_name"}),
  });
  op.create_index("ix_account_owner", "account", {"owner_id"});
  op.alter_column("user", "email", {.nullable = false, .server_default = none, .existing_type = String(255)});
}

void downgrade(Operations& op) {
  op.alter_column("user", "email", {.nullable = true, .existing_type = String(255)});
  op.drop_table("account");
}

}  // namespace

REVISE_UNIT(revision, upgrade, downgrade)
