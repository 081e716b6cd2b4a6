// add albums.is_training_source
//
// A script of the application added it where it was missing: a database that has the
// column stands here already.
//
// Revision ID: 3b9e64d0c7f2
// Revises: 7d1f0c52a9e1
// Create Date: 2026-11-20 18:01:00.000000

#include <revise/op.hpp>

namespace {

using namespace revise;

constexpr Revision revision{
    .revision = "3b9e64d0c7f2",
    .down_revision = "7d1f0c52a9e1",
    .branch_labels = {},
    .depends_on = {},
};

void upgrade(Operations& op) {
  op.add_column("albums",
                Column("is_training_source", BOOLEAN, {.server_default = text("0")}));
}

void downgrade(Operations& op) { op.drop_column("albums", "is_training_source"); }

}  // namespace

REVISE_UNIT(revision, upgrade, downgrade)
