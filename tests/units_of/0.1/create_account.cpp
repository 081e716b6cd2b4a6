// create tables, with every kind of constraint

#include <revise/op.hpp>

namespace {

using namespace revise;

constexpr Revision revision{
    .revision = "1975ea83b712",
    .down_revision = {},
    .branch_labels = "accounts",
    .depends_on = {},
};

void upgrade(Operations& op) {
  op.create_table("user", {
                              Column("id", Integer, {.primary_key = true}),
                              Column("email", String(255), {.unique = true}),
                          });
  op.create_table(
      "account",
      {
          Column("id", Integer, {.primary_key = true}),
          Column("name", String(50),
                 {.nullable = false, .comment = "what it's called"}),
          Column("created_at", DateTime, {.server_default = text("CURRENT_TIMESTAMP")}),
          Column("state", Enum({"on", "off"}, {.name = "state"}),
                 {.index = true, .server_default = "on"}),
          Column("owner_id", Integer),
          Column("twice", Integer,
                 {.computed = Computed("owner_id * 2", {.persisted = true})}),
          Column("parent_id", Integer,
                 ForeignKey("account.id", {.onupdate = "CASCADE"}),
                 CheckConstraint("parent_id > 0", {.name = "ck_parent"})),
          ForeignKeyConstraint({"owner_id"}, {"user.id"},
                               {.name = "fk_account_owner", .ondelete = "CASCADE"}),
          UniqueConstraint({"name", "owner_id"}, {.name = "uq_account_name"}),
          CheckConstraint("length(name) > 1", {.name = "ck_account_name"}),
          Index("ix_account_name", {"name", text("lower(name)")}, {.unique = true}),
      },
      {.if_not_exists = true,
       .comment = "accounts",
       .postgresql_tablespace = "fast",
       .sqlite_autoincrement = true});
}

void downgrade(Operations& op) {
  op.drop_table("account", {.if_exists = true});
  op.drop_table("user");
}

}  // namespace

REVISE_UNIT(revision, upgrade, downgrade)
