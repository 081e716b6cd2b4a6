// add image hash
//
// Revision ID: f20a4b6a74f4
// Revises: c910e59362f6
// Create Date: 2026-11-21 18:04:00.000000

#include <revise/op.hpp>

namespace {

using namespace revise;

constexpr Revision revision{
    .revision = "f20a4b6a74f4",
    .down_revision = "c910e59362f6",
    .branch_labels = {},
    .depends_on = {},
};

void upgrade(Operations& op) {
  op.add_column("images", Column("image_hash", String(64)),
                {.schema = "image_clustering"});
  op.create_index("ix_images_image_hash", "images", {"image_hash"},
                  {.schema = "image_clustering"});
}

void downgrade(Operations& op) { op.reverse(upgrade); }

}  // namespace

REVISE_UNIT(revision, upgrade, downgrade)
