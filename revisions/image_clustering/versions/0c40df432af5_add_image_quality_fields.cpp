// add image quality fields
//
// Revision ID: 0c40df432af5
// Revises: b8c2e1c76ce3
// Create Date: 2026-11-21 18:07:00.000000

#include <revise/op.hpp>

namespace {

using namespace revise;

constexpr Revision revision{
    .revision = "0c40df432af5",
    .down_revision = "b8c2e1c76ce3",
    .branch_labels = {},
    .depends_on = {},
};

void upgrade(Operations& op) {
  op.add_column("images", Column("sharpness", Double), {.schema = "image_clustering"});
  op.add_column("images", Column("exposure", Double), {.schema = "image_clustering"});
  op.add_column("images", Column("quality_score", Numeric(4, 3)),
                {.schema = "image_clustering"});
  op.create_check_constraint("ck_images_quality_score", "images",
                             "quality_score BETWEEN 0 AND 1",
                             {.schema = "image_clustering"});
}

void downgrade(Operations& op) { op.reverse(upgrade); }

}  // namespace

REVISE_UNIT(revision, upgrade, downgrade)
