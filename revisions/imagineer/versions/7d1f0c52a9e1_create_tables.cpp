// create tables
//
// What the application made at its start before there was a version table: a
// database that has these tables, and no column albums.is_training_source, stands
// here and is to be stamped with this revision.
//
// Revision ID: 7d1f0c52a9e1
// Revises:
// Create Date: 2026-11-20 18:00:00.000000

#include <revise/op.hpp>

namespace {

using namespace revise;

constexpr Revision revision{
    .revision = "7d1f0c52a9e1",
    .down_revision = {},
    .branch_labels = {},
    .depends_on = {},
};

Column created_at() {
  return Column("created_at", TIMESTAMP, {.server_default = text("CURRENT_TIMESTAMP")});
}

Column flag(const char* name, const char* value) {
  return Column(name, BOOLEAN, {.server_default = text(value)});
}

void create_images(Operations& op) {
  op.create_table("images", {
      Column("id", INTEGER, {.primary_key = true}),
      Column("filename", VARCHAR(255), {.nullable = false}),
      Column("file_path", VARCHAR(500), {.nullable = false}),
      Column("width", INTEGER),
      Column("height", INTEGER),
      Column("file_size", INTEGER),
      flag("is_nsfw", "0"),
      flag("is_public", "1"),
      created_at(),
      UniqueConstraint({"file_path"}),
  });
  op.create_index("idx_images_is_public", "images", {"is_public"});
  op.create_index("idx_images_is_nsfw", "images", {"is_nsfw"});
  op.create_index("idx_images_created_at", "images", {"created_at"});
}

void create_albums(Operations& op) {
  op.create_table("albums", {
      Column("id", INTEGER, {.primary_key = true}),
      Column("name", VARCHAR(255), {.nullable = false}),
      Column("description", TEXT),
      Column("album_type", VARCHAR(50), {.server_default = "batch"}),
      flag("is_public", "1"),
      Column("created_by", VARCHAR(255)),
      created_at(),
      Column("updated_at", TIMESTAMP, {.server_default = text("CURRENT_TIMESTAMP")}),
  });
  op.create_index("idx_albums_is_public", "albums", {"is_public"});
  op.create_index("idx_albums_album_type", "albums", {"album_type"});

  op.create_table("album_images", {
      Column("album_id", INTEGER, {.nullable = false}),
      Column("image_id", INTEGER, {.nullable = false}),
      Column("added_at", TIMESTAMP, {.server_default = text("CURRENT_TIMESTAMP")}),
      Column("added_by", VARCHAR(255)),
      Column("sort_order", INTEGER, {.server_default = text("0")}),
      PrimaryKeyConstraint({"album_id", "image_id"}),
      ForeignKeyConstraint({"album_id"}, {"albums.id"}, {.ondelete = "CASCADE"}),
      ForeignKeyConstraint({"image_id"}, {"images.id"}, {.ondelete = "CASCADE"}),
  });
}

void create_labels(Operations& op) {
  op.create_table("labels", {
      Column("id", INTEGER, {.primary_key = true}),
      Column("image_id", INTEGER, ForeignKey("images.id", {.ondelete = "CASCADE"}),
             {.nullable = false}),
      Column("label_text", TEXT, {.nullable = false}),
      Column("label_type", VARCHAR(20)),
      Column("source_model", VARCHAR(50)),
      Column("confidence", FLOAT),
      created_at(),
  });
  op.create_index("idx_labels_image_id", "labels", {"image_id"});
  op.create_index("idx_labels_label_type", "labels", {"label_type"});
}

void create_training_runs(Operations& op) {
  op.create_table("training_runs", {
      Column("id", INTEGER, {.primary_key = true}),
      Column("name", VARCHAR(255), {.nullable = false}),
      Column("description", TEXT),
      Column("dataset_path", VARCHAR(500), {.nullable = false}),
      Column("output_path", VARCHAR(500), {.nullable = false}),
      Column("training_config", TEXT),
      Column("status", VARCHAR(50), {.server_default = "pending"}),
      Column("progress", INTEGER, {.server_default = text("0")}),
      Column("final_checkpoint", VARCHAR(500)),
      Column("training_loss", FLOAT),
      Column("validation_loss", FLOAT),
      Column("error_message", TEXT),
      Column("last_error_at", TIMESTAMP),
      created_at(),
      Column("started_at", TIMESTAMP),
      Column("completed_at", TIMESTAMP),
  });
  op.create_index("idx_training_runs_status", "training_runs", {"status"});
}

void create_scrape_jobs(Operations& op) {
  op.create_table("scrape_jobs", {
      Column("id", INTEGER, {.primary_key = true}),
      Column("source_url", VARCHAR(500), {.nullable = false}),
      Column("album_name", VARCHAR(100), {.nullable = false}),
      Column("scrape_config", TEXT),
      Column("status", VARCHAR(50), {.server_default = "pending"}),
      Column("progress", INTEGER, {.server_default = text("0")}),
      Column("images_scraped", INTEGER, {.server_default = text("0")}),
      Column("error_message", TEXT),
      created_at(),
      Column("started_at", TIMESTAMP),
      Column("completed_at", TIMESTAMP),
      Column("created_by", VARCHAR(255)),
  });
  op.create_index("idx_scrape_jobs_status", "scrape_jobs", {"status"});
}

void upgrade(Operations& op) {
  create_images(op);
  create_albums(op);
  create_labels(op);
  create_training_runs(op);
  create_scrape_jobs(op);
}

void downgrade(Operations& op) {
  for (const char* table :
       {"scrape_jobs", "training_runs", "labels", "album_images", "albums", "images"}) {
    op.drop_table(table);
  }
}

}  // namespace

REVISE_UNIT(revision, upgrade, downgrade)
