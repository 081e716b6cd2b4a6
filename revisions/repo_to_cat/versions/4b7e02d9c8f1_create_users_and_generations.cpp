// create users and generations
//
// Revision ID: 4b7e02d9c8f1
// Revises:
// Create Date: 2026-11-21 19:00:00.000000

#include <revise/op.hpp>

namespace {

using namespace revise;

constexpr Revision revision{
    .revision = "4b7e02d9c8f1",
    .down_revision = {},
    .branch_labels = {},
    .depends_on = {},
};

Column id() {
  return Column("id", UUID,
                {.primary_key = true, .server_default = text("gen_random_uuid()")});
}

Column created_at() {
  return Column("created_at", TIMESTAMP,
                {.nullable = false, .server_default = text("now()")});
}

void upgrade(Operations& op) {
  op.create_table("users", {
      id(),
      Column("username", VARCHAR(255), {.nullable = false}),
      Column("api_token", VARCHAR(255), {.nullable = false}),
      created_at(),
      Column("updated_at", TIMESTAMP,
             {.nullable = false, .server_default = text("now()")}),
      UniqueConstraint({"username"}, {.name = "uq_users_username"}),
      UniqueConstraint({"api_token"}, {.name = "uq_users_api_token"}),
  });
  op.create_table("generations", {
      id(),
      Column("github_url", TEXT, {.nullable = false}),
      Column("repo_owner", VARCHAR(255)),
      Column("repo_name", VARCHAR(255)),
      Column("primary_language", VARCHAR(100)),
      Column("repo_size_kb", INTEGER),
      Column("code_quality_score", NUMERIC(3, 1)),
      Column("cat_attributes", postgresql::JSONB),
      Column("analysis_data", postgresql::JSONB),
      Column("image_path", TEXT),
      Column("image_prompt", TEXT),
      created_at(),
  });
}

void downgrade(Operations& op) { op.reverse(upgrade); }

}  // namespace

REVISE_UNIT(revision, upgrade, downgrade)
