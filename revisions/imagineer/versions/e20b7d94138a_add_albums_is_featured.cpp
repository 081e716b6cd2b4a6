// add albums.is_featured
//
// Revision ID: e20b7d94138a
// Revises: c58a2f117be4
// Create Date: 2026-11-20 18:03:00.000000

#include <revise/op.hpp>

namespace {

using namespace revise;

constexpr Revision revision{
    .revision = "e20b7d94138a",
    .down_revision = "c58a2f117be4",
    .branch_labels = {},
    .depends_on = {},
};

void upgrade(Operations& op) {
  op.add_column("albums",
                Column("is_featured", BOOLEAN, {.server_default = text("0")}));
  op.create_index("idx_albums_is_featured", "albums", {"is_featured"});
}

void downgrade(Operations& op) {
  op.drop_index("idx_albums_is_featured", "albums");
  op.drop_column("albums", "is_featured");
}

}  // namespace

REVISE_UNIT(revision, upgrade, downgrade)
