// add missing columns to images
//
// Revision ID: c69c13026fe2
// Revises: ba650b8c5046
// Create Date: 2026-11-21 18:02:00.000000

#include <revise/op.hpp>

namespace {

using namespace revise;

constexpr Revision revision{
    .revision = "c69c13026fe2",
    .down_revision = "ba650b8c5046",
    .branch_labels = {},
    .depends_on = {},
};

void upgrade(Operations& op) {
  op.add_column("images", Column("file_path", String(500)),
                {.schema = "image_clustering"});
  op.add_column("images", Column("width", Integer), {.schema = "image_clustering"});
  op.add_column("images", Column("height", Integer), {.schema = "image_clustering"});
}

void downgrade(Operations& op) { op.reverse(upgrade); }

}  // namespace

REVISE_UNIT(revision, upgrade, downgrade)
