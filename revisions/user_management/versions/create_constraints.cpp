// create constraints
//
// Revision ID: create_constraints
// Revises: create_indexes
// Create Date: 2026-11-21 20:02:00.000000

#include <revise/op.hpp>

namespace {

using namespace revise;

constexpr Revision revision{
    .revision = "create_constraints",
    .down_revision = "create_indexes",
    .branch_labels = {},
    .depends_on = {},
};

// Each of the two has its own way to match a pattern.
const char* email_format(Operations& op) {
  if (op.dialect() == "postgresql") return "email ~ '^[^@ ]+@[^@ ]+[.][^@ ]+$'";
  return "email GLOB '?*@?*.?*' AND NOT (email GLOB '*@*@*' OR email GLOB '* *')";
}

void upgrade(Operations& op) {
  op.batch_alter_table("user", [&](BatchOperations& batch_op) {
    batch_op.create_check_constraint("ck_user_email", email_format(op));
    batch_op.create_check_constraint("ck_user_username",
                                     "length(username) BETWEEN 3 AND 80");
    batch_op.create_check_constraint("ck_user_first_name",
                                     "length(first_name) BETWEEN 1 AND 100");
    batch_op.create_check_constraint("ck_user_last_name",
                                     "length(last_name) BETWEEN 1 AND 100");
  });
  op.batch_alter_table("user_log", [](BatchOperations& batch_op) {
    batch_op.create_check_constraint("ck_user_log_action",
                                     "action IN ('login', 'logout')");
  });
}

void downgrade(Operations& op) {
  op.batch_alter_table("user_log", [](BatchOperations& batch_op) {
    batch_op.drop_constraint("ck_user_log_action", "check");
  });
  op.batch_alter_table("user", [](BatchOperations& batch_op) {
    batch_op.drop_constraint("ck_user_last_name", "check");
    batch_op.drop_constraint("ck_user_first_name", "check");
    batch_op.drop_constraint("ck_user_username", "check");
    batch_op.drop_constraint("ck_user_email", "check");
  });
}

}  // namespace

REVISE_UNIT(revision, upgrade, downgrade)
