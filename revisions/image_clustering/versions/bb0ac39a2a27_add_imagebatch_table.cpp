// add ImageBatch table
//
// A server in a container has the schema from its init script, a fresh test database
// has not: this bears both.
//
// Revision ID: bb0ac39a2a27
// Revises:
// Create Date: 2026-11-21 18:00:00.000000

#include <revise/op.hpp>

namespace {

using namespace revise;

constexpr Revision revision{
    .revision = "bb0ac39a2a27",
    .down_revision = {},
    .branch_labels = {},
    .depends_on = {},
};

void upgrade(Operations& op) {
  op.execute("CREATE SCHEMA IF NOT EXISTS image_clustering");
  op.create_table("image_batches", {
      Column("id", Integer, {.primary_key = true}),
      Column("name", String(255), {.nullable = false}),
      Column("created_at", DateTime({.timezone = true}),
             {.nullable = false, .server_default = text("now()")}),
  }, {.schema = "image_clustering"});
  op.create_table("images", {
      Column("id", Integer, {.primary_key = true}),
      Column("batch_id", Integer, {.nullable = false}),
      Column("filename", String(255), {.nullable = false}),
      Column("cluster_names", Text, {.comment = "as people write them: beach; sunset"}),
      ForeignKeyConstraint({"batch_id"}, {"image_clustering.image_batches.id"},
                           {.name = "fk_images_batch", .ondelete = "CASCADE"}),
      UniqueConstraint({"batch_id", "filename"}, {.name = "uq_images_filename"}),
  }, {.schema = "image_clustering"});
}

// The schema stays: an init script may have made it, and given rights on it.
void downgrade(Operations& op) {
  op.drop_table("images", {.schema = "image_clustering"});
  op.drop_table("image_batches", {.schema = "image_clustering"});
}

}  // namespace

REVISE_UNIT(revision, upgrade, downgrade)
