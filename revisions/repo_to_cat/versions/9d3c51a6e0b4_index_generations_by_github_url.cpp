// index generations by github_url
//
// Revision ID: 9d3c51a6e0b4
// Revises: 4b7e02d9c8f1
// Create Date: 2026-11-21 19:01:00.000000

#include <revise/op.hpp>

namespace {

using namespace revise;

constexpr Revision revision{
    .revision = "9d3c51a6e0b4",
    .down_revision = "4b7e02d9c8f1",
    .branch_labels = {},
    .depends_on = {},
};

void upgrade(Operations& op) {
  op.create_index("ix_generations_github_url", "generations", {"github_url"});
}

void downgrade(Operations& op) { op.reverse(upgrade); }

}  // namespace

REVISE_UNIT(revision, upgrade, downgrade)
