// add thumbnail
//
// Revision ID: b8c2e1c76ce3
// Revises: 487c42b05f95
// Create Date: 2026-11-21 18:06:00.000000

#include <revise/op.hpp>

namespace {

using namespace revise;

constexpr Revision revision{
    .revision = "b8c2e1c76ce3",
    .down_revision = "487c42b05f95",
    .branch_labels = {},
    .depends_on = {},
};

void upgrade(Operations& op) {
  op.add_column("images", Column("thumbnail", LargeBinary),
                {.schema = "image_clustering"});
}

void downgrade(Operations& op) { op.reverse(upgrade); }

}  // namespace

REVISE_UNIT(revision, upgrade, downgrade)
