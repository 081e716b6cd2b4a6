// add metadata
//
// Revision ID: 487c42b05f95
// Revises: f20a4b6a74f4
// Create Date: 2026-11-21 18:05:00.000000

#include <revise/op.hpp>

namespace {

using namespace revise;

constexpr Revision revision{
    .revision = "487c42b05f95",
    .down_revision = "f20a4b6a74f4",
    .branch_labels = {},
    .depends_on = {},
};

void upgrade(Operations& op) {
  op.add_column("images",
                Column("metadata", postgresql::JSONB,
                       {.nullable = false, .server_default = "{}"}),
                {.schema = "image_clustering"});
}

void downgrade(Operations& op) { op.reverse(upgrade); }

}  // namespace

REVISE_UNIT(revision, upgrade, downgrade)
