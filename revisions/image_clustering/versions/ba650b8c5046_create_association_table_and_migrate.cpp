// create association table and migrate
//
// The names that people wrote into images.cluster_names become clusters, one of a
// name in a batch, and each image is associated with its own.
//
// Revision ID: ba650b8c5046
// Revises: bb0ac39a2a27
// Create Date: 2026-11-21 18:01:00.000000

#include <cstdint>
#include <map>
#include <revise/data.hpp>
#include <revise/op.hpp>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace revise;

constexpr Revision revision{
    .revision = "ba650b8c5046",
    .down_revision = "bb0ac39a2a27",
    .branch_labels = {},
    .depends_on = {},
};

using ImageAndCluster = std::pair<std::int64_t, std::int64_t>;
using BatchAndName = std::pair<std::int64_t, std::string>;

void create_tables(Operations& op) {
  op.create_table("clusters", {
      Column("id", Integer, {.primary_key = true}),
      Column("batch_id", Integer, {.nullable = false}),
      Column("name", String(255), {.nullable = false}),
      ForeignKeyConstraint({"batch_id"}, {"image_clustering.image_batches.id"},
                           {.name = "fk_clusters_batch", .ondelete = "CASCADE"}),
      UniqueConstraint({"batch_id", "name"}, {.name = "uq_clusters_name"}),
  }, {.schema = "image_clustering"});
  op.create_table("image_cluster_associations", {
      Column("image_id", Integer, {.nullable = false}),
      Column("cluster_id", Integer, {.nullable = false}),
      PrimaryKeyConstraint({"image_id", "cluster_id"}),
      ForeignKeyConstraint({"image_id"}, {"image_clustering.images.id"},
                           {.name = "fk_associations_image", .ondelete = "CASCADE"}),
      ForeignKeyConstraint({"cluster_id"}, {"image_clustering.clusters.id"},
                           {.name = "fk_associations_cluster", .ondelete = "CASCADE"}),
  }, {.schema = "image_clustering"});
  op.create_index("ix_associations_cluster_id", "image_cluster_associations",
                  {"cluster_id"}, {.schema = "image_clustering"});
}

// "beach; sunset ;beach" is two names.
std::set<std::string> names_in(const std::string& written) {
  std::set<std::string> names;
  std::istringstream pieces(written);
  for (std::string piece; std::getline(pieces, piece, ';');) {
    const auto first = piece.find_first_not_of(' ');
    if (first == std::string::npos) continue;
    names.insert(piece.substr(first, piece.find_last_not_of(' ') + 1 - first));
  }
  return names;
}

std::map<BatchAndName, std::int64_t> create_clusters(
    Operations& op, const std::set<BatchAndName>& clusters) {
  op.bulk_insert(table("clusters", {.schema = "image_clustering"},
                       column<std::int64_t>("batch_id"), column<std::string>("name")),
                 clusters);
  std::map<BatchAndName, std::int64_t> ids;
  for (const auto& [id, batch, name] :
       op.query<std::int64_t, std::int64_t, std::string>(
           "SELECT id, batch_id, name FROM image_clustering.clusters")) {
    ids[{batch, name}] = id;
  }
  return ids;
}

void move_names(Operations& op) {
  std::vector<std::pair<std::int64_t, BatchAndName>> named;
  std::set<BatchAndName> clusters;
  for (const auto& [image, batch, written] :
       op.query<std::int64_t, std::int64_t, std::string>(
           "SELECT id, batch_id, cluster_names FROM image_clustering.images "
           "WHERE cluster_names IS NOT NULL ORDER BY id")) {
    for (const auto& name : names_in(written)) {
      named.push_back({image, {batch, name}});
      clusters.insert({batch, name});
    }
  }
  const auto ids = create_clusters(op, clusters);
  std::vector<ImageAndCluster> associations;
  for (const auto& [image, cluster] : named) {
    associations.emplace_back(image, ids.at(cluster));
  }
  op.bulk_insert(table("image_cluster_associations", {.schema = "image_clustering"},
                       column<std::int64_t>("image_id"),
                       column<std::int64_t>("cluster_id")),
                 associations);
}

void upgrade(Operations& op) {
  create_tables(op);
  move_names(op);
  op.drop_column("images", "cluster_names", {.schema = "image_clustering"});
}

void downgrade(Operations& op) {
  op.add_column("images",
                Column("cluster_names", Text,
                       {.comment = "as people write them: beach; sunset"}),
                {.schema = "image_clustering"});
  op.execute(R"(
UPDATE image_clustering.images SET cluster_names = (
  SELECT string_agg(clusters.name, '; ' ORDER BY clusters.name)
  FROM image_clustering.image_cluster_associations AS associations
  JOIN image_clustering.clusters ON clusters.id = associations.cluster_id
  WHERE associations.image_id = images.id))");
  op.drop_table("image_cluster_associations", {.schema = "image_clustering"});
  op.drop_table("clusters", {.schema = "image_clustering"});
}

}  // namespace

REVISE_UNIT(revision, upgrade, downgrade)
