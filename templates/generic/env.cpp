// What takes code: a URL that is computed, a tenant's schema, a call for each step. As
// long as all of this is a comment, nothing is compiled and the settings in alembic.ini
// hold. To use it, take out the two lines with a star.
/*
#include <revise/env.hpp>

namespace {

using namespace revise;

void run_migrations(Environment& context) {
  // revise -x tenant=blue upgrade head
  const auto tenant = context.get_x_argument("tenant");
  context.configure({
      .on_version_apply =
          [](Operations& op, const MigrationInfo& step, const auto&) {
            // In the step's transaction, after its row is written.
            if (op.is_offline_mode() || step.is_stamp) return;
            op.execute("INSERT INTO migration_log (at) VALUES (CURRENT_TIMESTAMP)");
          },
      .version_table_schema = tenant,
  });
  context.run_migrations();
}

}  // namespace

REVISE_ENV(run_migrations)
*/
