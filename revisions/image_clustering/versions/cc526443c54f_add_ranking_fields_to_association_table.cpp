// add ranking fields to association table
//
// A cluster has one cover at most.
//
// Revision ID: cc526443c54f
// Revises: 0c40df432af5
// Create Date: 2026-11-21 18:08:00.000000

#include <revise/op.hpp>

namespace {

using namespace revise;

constexpr Revision revision{
    .revision = "cc526443c54f",
    .down_revision = "0c40df432af5",
    .branch_labels = {},
    .depends_on = {},
};

void upgrade(Operations& op) {
  op.add_column("image_cluster_associations", Column("rank", Integer),
                {.schema = "image_clustering"});
  op.add_column("image_cluster_associations", Column("similarity", Double),
                {.schema = "image_clustering"});
  op.add_column("image_cluster_associations",
                Column("is_cover", Boolean,
                       {.nullable = false, .server_default = text("false")}),
                {.schema = "image_clustering"});
  op.create_index("uq_associations_cover", "image_cluster_associations", {"cluster_id"},
                  {.schema = "image_clustering",
                   .unique = true,
                   .postgresql_where = "is_cover"});
}

void downgrade(Operations& op) { op.reverse(upgrade); }

}  // namespace

REVISE_UNIT(revision, upgrade, downgrade)
