// add missing columns to images
//
// Those that the first revision of this name forgot.
//
// Revision ID: c910e59362f6
// Revises: c69c13026fe2
// Create Date: 2026-11-21 18:03:00.000000

#include <revise/op.hpp>

namespace {

using namespace revise;

constexpr Revision revision{
    .revision = "c910e59362f6",
    .down_revision = "c69c13026fe2",
    .branch_labels = {},
    .depends_on = {},
};

void upgrade(Operations& op) {
  op.add_column("images", Column("file_size", BigInteger),
                {.schema = "image_clustering"});
  op.add_column("images", Column("mime_type", String(100)),
                {.schema = "image_clustering"});
  op.add_column("images", Column("uploaded_at", DateTime({.timezone = true})),
                {.schema = "image_clustering"});
}

void downgrade(Operations& op) { op.reverse(upgrade); }

}  // namespace

REVISE_UNIT(revision, upgrade, downgrade)
