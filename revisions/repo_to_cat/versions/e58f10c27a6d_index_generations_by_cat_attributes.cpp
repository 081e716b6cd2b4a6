// index generations by cat_attributes
//
// Built beside the running API, which goes on writing meanwhile.
//
// Revision ID: e58f10c27a6d
// Revises: 9d3c51a6e0b4
// Create Date: 2026-11-21 19:02:00.000000

#include <revise/op.hpp>

namespace {

using namespace revise;

constexpr Revision revision{
    .revision = "e58f10c27a6d",
    .down_revision = "9d3c51a6e0b4",
    .branch_labels = {},
    .depends_on = {},
};

void upgrade(Operations& op) {
  op.autocommit_block([&] {
    op.create_index("ix_generations_cat_attributes", "generations", {"cat_attributes"},
                    {.postgresql_concurrently = true, .postgresql_using = "gin"});
  });
}

void downgrade(Operations& op) {
  op.autocommit_block([&] {
    op.drop_index("ix_generations_cat_attributes", "generations",
                  {.postgresql_concurrently = true});
  });
}

}  // namespace

REVISE_UNIT(revision, upgrade, downgrade)
