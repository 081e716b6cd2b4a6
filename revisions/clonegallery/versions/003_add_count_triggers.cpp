// add count triggers
//
// They keep tags.count, albums.image_count and users.uploads, which are set right
// once for what is there already.
//
// Revision ID: 003
// Revises: 002
// Create Date: 2026-11-20 18:02:00.000000

#include <revise/op.hpp>

namespace {

using namespace revise;

constexpr Revision revision{
    .revision = "003",
    .down_revision = "002",
    .branch_labels = {},
    .depends_on = {},
};

void count_what_is_there(Operations& op) {
  op.execute(R"(
UPDATE tags SET count =
  (SELECT count(*) FROM image_tags WHERE image_tags.tag_id = tags.id);
UPDATE albums SET image_count =
  (SELECT count(*) FROM album_images WHERE album_images.album_id = albums.id);
UPDATE users SET uploads =
  (SELECT count(*) FROM images WHERE images.uploader_id = users.id);
)");
}

void upgrade(Operations& op) {
  op.execute(R"(
CREATE TRIGGER tr_image_tags_insert AFTER INSERT ON image_tags BEGIN
  UPDATE tags SET count = count + 1 WHERE id = NEW.tag_id;
END;
CREATE TRIGGER tr_image_tags_update AFTER UPDATE OF tag_id ON image_tags
WHEN OLD.tag_id <> NEW.tag_id BEGIN
  UPDATE tags SET count = count - 1 WHERE id = OLD.tag_id;
  UPDATE tags SET count = count + 1 WHERE id = NEW.tag_id;
END;
CREATE TRIGGER tr_image_tags_delete AFTER DELETE ON image_tags BEGIN
  UPDATE tags SET count = count - 1 WHERE id = OLD.tag_id;
END;
CREATE TRIGGER tr_album_images_insert AFTER INSERT ON album_images BEGIN
  UPDATE albums SET image_count = image_count + 1 WHERE id = NEW.album_id;
END;
CREATE TRIGGER tr_album_images_update AFTER UPDATE OF album_id ON album_images
WHEN OLD.album_id <> NEW.album_id BEGIN
  UPDATE albums SET image_count = image_count - 1 WHERE id = OLD.album_id;
  UPDATE albums SET image_count = image_count + 1 WHERE id = NEW.album_id;
END;
CREATE TRIGGER tr_album_images_delete AFTER DELETE ON album_images BEGIN
  UPDATE albums SET image_count = image_count - 1 WHERE id = OLD.album_id;
END;
CREATE TRIGGER tr_images_insert AFTER INSERT ON images BEGIN
  UPDATE users SET uploads = uploads + 1 WHERE id = NEW.uploader_id;
END;
CREATE TRIGGER tr_images_update AFTER UPDATE OF uploader_id ON images
WHEN OLD.uploader_id <> NEW.uploader_id BEGIN
  UPDATE users SET uploads = uploads - 1 WHERE id = OLD.uploader_id;
  UPDATE users SET uploads = uploads + 1 WHERE id = NEW.uploader_id;
END;
CREATE TRIGGER tr_images_delete AFTER DELETE ON images BEGIN
  UPDATE users SET uploads = uploads - 1 WHERE id = OLD.uploader_id;
END;
)");
  count_what_is_there(op);
}

void downgrade(Operations& op) {
  op.execute(R"(
DROP TRIGGER tr_images_delete;
DROP TRIGGER tr_images_update;
DROP TRIGGER tr_images_insert;
DROP TRIGGER tr_album_images_delete;
DROP TRIGGER tr_album_images_update;
DROP TRIGGER tr_album_images_insert;
DROP TRIGGER tr_image_tags_delete;
DROP TRIGGER tr_image_tags_update;
DROP TRIGGER tr_image_tags_insert;
)");
}

}  // namespace

REVISE_UNIT(revision, upgrade, downgrade)
