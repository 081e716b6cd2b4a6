// All that an env.cpp can say.

#include <revise/env.hpp>

namespace {

using namespace revise;

void log_step(Operations& op, const MigrationInfo& step,
              const std::vector<std::string>& heads) {
  if (step.is_migration() && !heads.empty()) {
    op.execute("INSERT INTO log VALUES (:id)",
               {
                   {"id", step.up_revision_ids.front()}
    });
  }
}

void run_migrations(Environment& context) {
  const auto tenant = context.get_x_argument("tenant");
  const std::string known = "name";
  context.configure({
      .url = "sqlite:///" + tenant.value_or("app") + ".db",
      .dialect_name = "sqlite",
      .transactional_ddl = true,
      .transaction_per_migration = true,
      .output_buffer = [](std::string_view) {            },
      .starting_rev = std::optional<std::string>(),
      .tag = context.get_tag_argument(),
      .template_args = {         {"a", "b"}, {"c", known}},
      .target_metadata = MetaData({        .naming_convention = {{"pk", "pk_%(table_name)s"}}            }
         ),
      .literal_binds = context.is_offline_mode(),
      .on_version_apply = { log_step,             log_step},
      .version_table = known,
      .version_table_schema = tenant,
      .version_table_pk = false,
      .postgresql_lock_timeout = std::chrono::seconds(3),
      .postgresql_role = "owner",
      .postgresql_search_path = {                  "a",             known},
      .postgresql_statement_timeout = std::chrono::milliseconds(3),
  });
  context.configure({.output_buffer = "out.sql", .on_version_apply = log_step});
  context.configure({.output_buffer = known + ".sql"});
  context.execute("SELECT 1");
  context.static_output("-- text");
  context.run_migrations();
}

}  // namespace

REVISE_ENV(run_migrations)
