// initial schema
//
// Ids are the numbers under which databases from before know these revisions, in
// their table `migrations`: what that holds is what is to be stamped.
//
// Revision ID: 001
// Revises:
// Create Date: 2026-11-20 18:00:00.000000

#include <revise/op.hpp>

namespace {

using namespace revise;

constexpr Revision revision{
    .revision = "001",
    .down_revision = {},
    .branch_labels = {},
    .depends_on = {},
};

void create_people_and_images(Operations& op) {
  op.create_table("users", {
      Column("id", Text, {.primary_key = true}),
      Column("email", Text, {.nullable = false}),
      Column("name", Text, {.nullable = false}),
      Column("role", Text, {.nullable = false, .server_default = "Visitor"}),
      Column("avatar", Text),
      Column("joined_at", DateTime,
             {.nullable = false, .server_default = text("CURRENT_TIMESTAMP")}),
      Column("uploads", Integer, {.nullable = false, .server_default = text("0")}),
      Column("views", Integer, {.nullable = false, .server_default = text("0")}),
      UniqueConstraint({"email"}, {.name = "uq_users_email"}),
      CheckConstraint("role IN ('Admin', 'Editor', 'Visitor')",
                      {.name = "ck_users_role"}),
  });
  op.create_table("images", {
      Column("id", Text, {.primary_key = true}),
      Column("title", Text, {.nullable = false}),
      Column("caption", Text),
      Column("alt_text", Text),
      Column("url", Text, {.nullable = false}),
      Column("thumbnail", Text),
      Column("uploader_id", Text, {.nullable = false}),
      Column("uploaded_at", DateTime,
             {.nullable = false, .server_default = text("CURRENT_TIMESTAMP")}),
      Column("privacy", Text, {.nullable = false, .server_default = "public"}),
      Column("views", Integer, {.nullable = false, .server_default = text("0")}),
      Column("is_ai_generated", Boolean,
             {.nullable = false, .server_default = text("0")}),
      Column("width", Integer),
      Column("height", Integer),
      Column("size", Integer),
      Column("format", Text),
      ForeignKeyConstraint({"uploader_id"}, {"users.id"},
                           {.name = "fk_images_uploader", .ondelete = "CASCADE"}),
      CheckConstraint("privacy IN ('public', 'private')",
                      {.name = "ck_images_privacy"}),
  });
}

void create_tags_and_albums(Operations& op) {
  op.create_table("tags", {
      Column("id", Integer, {.primary_key = true}),
      Column("name", Text, {.nullable = false}),
      Column("count", Integer, {.nullable = false, .server_default = text("0")}),
      Column("trending", Boolean, {.nullable = false, .server_default = text("0")}),
      UniqueConstraint({"name"}, {.name = "uq_tags_name"}),
  });
  op.create_table("albums", {
      Column("id", Text, {.primary_key = true}),
      Column("title", Text, {.nullable = false}),
      Column("description", Text),
      Column("cover_image_id", Text),
      Column("created_by", Text, {.nullable = false}),
      Column("privacy", Text, {.nullable = false, .server_default = "public"}),
      Column("image_count", Integer, {.nullable = false, .server_default = text("0")}),
      ForeignKeyConstraint({"cover_image_id"}, {"images.id"},
                           {.name = "fk_albums_cover", .ondelete = "SET NULL"}),
      ForeignKeyConstraint({"created_by"}, {"users.id"},
                           {.name = "fk_albums_creator", .ondelete = "CASCADE"}),
      CheckConstraint("privacy IN ('public', 'private')",
                      {.name = "ck_albums_privacy"}),
  });
}

void create_links(Operations& op) {
  op.create_table("image_tags", {
      Column("image_id", Text, {.nullable = false}),
      Column("tag_id", Integer, {.nullable = false}),
      PrimaryKeyConstraint({"image_id", "tag_id"}),
      ForeignKeyConstraint({"image_id"}, {"images.id"}, {.ondelete = "CASCADE"}),
      ForeignKeyConstraint({"tag_id"}, {"tags.id"}, {.ondelete = "CASCADE"}),
  });
  op.create_table("album_images", {
      Column("album_id", Text, {.nullable = false}),
      Column("image_id", Text, {.nullable = false}),
      Column("position", Integer, {.nullable = false, .server_default = text("0")}),
      PrimaryKeyConstraint({"album_id", "image_id"}),
      ForeignKeyConstraint({"album_id"}, {"albums.id"}, {.ondelete = "CASCADE"}),
      ForeignKeyConstraint({"image_id"}, {"images.id"}, {.ondelete = "CASCADE"}),
  });
  op.create_table("user_likes", {
      Column("user_id", Text, {.nullable = false}),
      Column("image_id", Text, {.nullable = false}),
      Column("liked_at", DateTime,
             {.nullable = false, .server_default = text("CURRENT_TIMESTAMP")}),
      PrimaryKeyConstraint({"user_id", "image_id"}),
      ForeignKeyConstraint({"user_id"}, {"users.id"}, {.ondelete = "CASCADE"}),
      ForeignKeyConstraint({"image_id"}, {"images.id"}, {.ondelete = "CASCADE"}),
  });
}

void create_records(Operations& op) {
  op.create_table("ai_generation_meta", {
      Column("image_id", Text, {.primary_key = true}),
      Column("model", Text, {.nullable = false}),
      Column("prompt", Text, {.nullable = false}),
      Column("negative_prompt", Text),
      Column("seed", BigInteger),
      Column("steps", Integer),
      Column("cfg_scale", Float),
      ForeignKeyConstraint({"image_id"}, {"images.id"}, {.ondelete = "CASCADE"}),
  });
  op.create_table("analytics", {
      Column("id", Integer, {.primary_key = true}),
      Column("image_id", Text),
      Column("user_id", Text),
      Column("event", Text, {.nullable = false}),
      Column("occurred_at", DateTime,
             {.nullable = false, .server_default = text("CURRENT_TIMESTAMP")}),
      ForeignKeyConstraint({"image_id"}, {"images.id"}, {.ondelete = "CASCADE"}),
      ForeignKeyConstraint({"user_id"}, {"users.id"}, {.ondelete = "SET NULL"}),
  });
}

void upgrade(Operations& op) {
  create_people_and_images(op);
  create_tags_and_albums(op);
  create_links(op);
  create_records(op);
}

void downgrade(Operations& op) {
  for (const char* table :
       {"analytics", "ai_generation_meta", "user_likes", "album_images", "image_tags",
        "albums", "tags", "images", "users"}) {
    op.drop_table(table);
  }
}

}  // namespace

REVISE_UNIT(revision, upgrade, downgrade)
