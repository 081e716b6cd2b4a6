// add table 1
//
// Revision ID: 000000169578
// Revises: 00000012d687
// Create Date: 2026-11-20 15:40:00.123456

#include <revise/op.hpp>

namespace {

using namespace revise;

constexpr Revision revision{
    .revision = "000000169578",
    .down_revision = {"00000012d687"},
    .branch_labels = {},
    .depends_on = {},
};

void upgrade(Operations& op) {
  op.create_table("table_1", {
      Column("id", Integer, {.primary_key = true}),
      Column("name", String(50), {.nullable = false}),
      Column("created_at", DateTime, {.server_default = text("CURRENT_TIMESTAMP")}),
  });
  op.create_index("ix_table_1_name", "table_1", {"name"});
}

void downgrade(Operations& op) {
  op.drop_index("ix_table_1_name", "table_1");
  op.drop_table("table_1");
}

}  // namespace

REVISE_UNIT(revision, upgrade, downgrade)
