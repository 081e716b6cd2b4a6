// create indexes
//
// Revision ID: create_indexes
// Revises: create_tables
// Create Date: 2026-11-21 20:01:00.000000

#include <revise/op.hpp>

namespace {

using namespace revise;

constexpr Revision revision{
    .revision = "create_indexes",
    .down_revision = "create_tables",
    .branch_labels = {},
    .depends_on = {},
};

void upgrade(Operations& op) {
  op.create_index("ix_user_username", "user", {"username"});
  op.create_index("ix_user_email", "user", {"email"});
  op.create_index("ix_user_created_at", "user", {"created_at"});

  op.create_index("ix_online_user_username", "online_user", {"username"});
  op.create_index("ix_online_user_user_id", "online_user", {"user_id"});
  op.create_index("ix_online_user_login_datetime", "online_user", {"login_datetime"});

  op.create_index("ix_user_log_username", "user_log", {"username"});
  op.create_index("ix_user_log_user_id", "user_log", {"user_id"});
  op.create_index("ix_user_log_timestamp", "user_log", {"timestamp"});
  op.create_index("ix_user_log_action", "user_log", {"action"});
  op.create_index("ix_user_log_ip_address", "user_log", {"ip_address"});
}

void downgrade(Operations& op) { op.reverse(upgrade); }

}  // namespace

REVISE_UNIT(revision, upgrade, downgrade)
