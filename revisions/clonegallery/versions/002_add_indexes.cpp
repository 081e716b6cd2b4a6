// add indexes
//
// One for every foreign key, those that the gallery asks for often, and composite
// ones for its listings.
//
// Revision ID: 002
// Revises: 001
// Create Date: 2026-11-20 18:01:00.000000

#include <revise/op.hpp>

namespace {

using namespace revise;

constexpr Revision revision{
    .revision = "002",
    .down_revision = "001",
    .branch_labels = {},
    .depends_on = {},
};

void upgrade(Operations& op) {
  op.create_index("ix_images_uploader_id", "images", {"uploader_id"});
  op.create_index("ix_albums_cover_image_id", "albums", {"cover_image_id"});
  op.create_index("ix_albums_created_by", "albums", {"created_by"});
  op.create_index("ix_image_tags_tag_id", "image_tags", {"tag_id"});
  op.create_index("ix_album_images_image_id", "album_images", {"image_id"});
  op.create_index("ix_user_likes_image_id", "user_likes", {"image_id"});
  op.create_index("ix_analytics_image_id", "analytics", {"image_id"});
  op.create_index("ix_analytics_user_id", "analytics", {"user_id"});

  op.create_index("ix_users_role", "users", {"role"});
  op.create_index("ix_images_views", "images", {text("views DESC")});
  op.create_index("ix_tags_trending", "tags", {"trending", text("count DESC")});

  op.create_index("ix_images_privacy_uploaded_at", "images",
                  {"privacy", "uploaded_at"});
  op.create_index("ix_album_images_album_id_position", "album_images",
                  {"album_id", "position"});
  op.create_index("ix_analytics_event_occurred_at", "analytics",
                  {"event", "occurred_at"});
}

void downgrade(Operations& op) {
  for (const char* index :
       {"ix_analytics_event_occurred_at", "ix_album_images_album_id_position",
        "ix_images_privacy_uploaded_at", "ix_tags_trending", "ix_images_views",
        "ix_users_role", "ix_analytics_user_id", "ix_analytics_image_id",
        "ix_user_likes_image_id", "ix_album_images_image_id", "ix_image_tags_tag_id",
        "ix_albums_created_by", "ix_albums_cover_image_id", "ix_images_uploader_id"}) {
    op.drop_index(index);
  }
}

}  // namespace

REVISE_UNIT(revision, upgrade, downgrade)
