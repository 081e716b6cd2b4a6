// create tables
//
// The ids of this history are the names that the old scripts wrote into their table
// `migration_history`: the last of them is what is to be stamped.
//
// Revision ID: create_tables
// Revises:
// Create Date: 2026-11-21 20:00:00.000000

#include <revise/op.hpp>

namespace {

using namespace revise;

constexpr Revision revision{
    .revision = "create_tables",
    .down_revision = {},
    .branch_labels = {},
    .depends_on = {},
};

Column now(const char* name) {
  return Column(name, DateTime,
                {.nullable = false, .server_default = text("CURRENT_TIMESTAMP")});
}

ForeignKeyConstraint to_user(const char* name) {
  return ForeignKeyConstraint({"user_id"}, {"user.id"},
                              {.name = name, .ondelete = "CASCADE"});
}

void upgrade(Operations& op) {
  op.create_table("user", {
      Column("id", Integer, {.primary_key = true}),
      Column("username", String(80), {.nullable = false}),
      Column("email", String(120), {.nullable = false}),
      Column("first_name", String(100), {.nullable = false}),
      Column("last_name", String(100), {.nullable = false}),
      Column("password_hash", String(255), {.nullable = false}),
      now("created_at"),
      UniqueConstraint({"username"}, {.name = "uq_user_username"}),
      UniqueConstraint({"email"}, {.name = "uq_user_email"}),
  });
  op.create_table("online_user", {
      Column("id", Integer, {.primary_key = true}),
      Column("user_id", Integer, {.nullable = false}),
      Column("username", String(80), {.nullable = false}),
      now("login_datetime"),
      to_user("fk_online_user_user"),
  });
  op.create_table("user_log", {
      Column("id", Integer, {.primary_key = true}),
      Column("user_id", Integer, {.nullable = false}),
      Column("username", String(80), {.nullable = false}),
      Column("action", String(20), {.nullable = false}),
      Column("ip_address", String(45)),
      now("timestamp"),
      to_user("fk_user_log_user"),
  });
}

void downgrade(Operations& op) { op.reverse(upgrade); }

}  // namespace

REVISE_UNIT(revision, upgrade, downgrade)
