// import outputs
//
// Takes the folder that IMAGINEER_OUTPUTS names into the database: a sub-folder is a
// batch and becomes an album, each PNG file in it an image of that album. What is
// there already stays as it is. Without the variable there is nothing to import.
//
// Revision ID: c58a2f117be4
// Revises: 3b9e64d0c7f2
// Create Date: 2026-11-20 18:02:00.000000

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <revise/data.hpp>
#include <revise/op.hpp>
#include <string>
#include <vector>

namespace {

using namespace revise;
namespace fs = std::filesystem;

constexpr Revision revision{
    .revision = "c58a2f117be4",
    .down_revision = "3b9e64d0c7f2",
    .branch_labels = {},
    .depends_on = {},
};

struct Size {
  std::optional<std::int64_t> width;
  std::optional<std::int64_t> height;
};

// A PNG's first chunk holds both, as big-endian numbers at byte 16 and 20.
Size size_of(const fs::path& path) {
  unsigned char header[24] = {};
  std::ifstream file(path, std::ios::binary);
  file.read(reinterpret_cast<char*>(header), sizeof header);
  if (!file || header[1] != 'P' || header[2] != 'N' || header[3] != 'G') return {};
  const auto number = [&header](int place) {
    std::int64_t value = 0;
    for (int i = place; i < place + 4; ++i) value = value * 256 + header[i];
    return value;
  };
  return {number(16), number(20)};
}

// In order of their names, so that every run on a folder does the same.
std::vector<fs::path> entries_of(const fs::path& folder) {
  std::vector<fs::path> entries{fs::directory_iterator(folder), {}};
  std::sort(entries.begin(), entries.end());
  return entries;
}

std::optional<std::int64_t> find_album(Operations& op, const std::string& name) {
  for (const auto& [id] : op.query<std::int64_t>(
           "SELECT id FROM albums WHERE name = :name AND album_type = 'batch'",
           {{"name", name}})) {
    return id;
  }
  return std::nullopt;
}

std::int64_t album_of(Operations& op, const std::string& batch) {
  if (const auto id = find_album(op, batch)) return *id;
  const auto albums =
      table("albums", column<std::string>("name"), column<std::string>("album_type"));
  op.bulk_insert(albums, {{batch, "batch"}});
  return find_album(op, batch).value();
}

std::optional<std::int64_t> find_image(Operations& op, const std::string& path) {
  for (const auto& [id] : op.query<std::int64_t>(
           "SELECT id FROM images WHERE file_path = :path", {{"path", path}})) {
    return id;
  }
  return std::nullopt;
}

std::int64_t image_of(Operations& op, const fs::path& path) {
  if (const auto id = find_image(op, path.string())) return *id;
  const auto images = table(
      "images", column<std::string>("filename"), column<std::string>("file_path"),
      column<std::optional<std::int64_t>>("width"),
      column<std::optional<std::int64_t>>("height"), column<std::int64_t>("file_size"));
  const Size size = size_of(path);
  op.bulk_insert(images,
                 {{path.filename().string(), path.string(), size.width, size.height,
                   static_cast<std::int64_t>(fs::file_size(path))}});
  return find_image(op, path.string()).value();
}

void import_batch(Operations& op, const fs::path& folder) {
  const auto album = album_of(op, folder.filename().string());
  for (const auto& file : entries_of(folder)) {
    if (file.extension() != ".png") continue;
    op.execute(
        "INSERT INTO album_images (album_id, image_id) SELECT :album, :image "
        "WHERE NOT EXISTS (SELECT 1 FROM album_images "
        "WHERE album_id = :album AND image_id = :image)",
        {{"album", album}, {"image", image_of(op, file)}});
  }
}

void upgrade(Operations& op) {
  const char* outputs = std::getenv("IMAGINEER_OUTPUTS");
  if (outputs == nullptr) return;
  // By its one true path, so that a run from another folder finds what is there.
  for (const auto& entry : entries_of(fs::canonical(outputs))) {
    if (fs::is_directory(entry)) import_batch(op, entry);
  }
}

// What was imported cannot be told from what people have added since, and stays.
void downgrade(Operations&) {}

}  // namespace

REVISE_UNIT(revision, upgrade, downgrade)
