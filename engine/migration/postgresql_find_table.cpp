#include "engine/migration/postgresql_find_table.hpp"

namespace revise::migration {

namespace {

std::string milliseconds_of(const std::string& setting) {
  return "(1000 * extract(epoch FROM current_setting('" + setting +
         "')::interval))::bigint";
}

}  // namespace

std::string find_table_sql(const dialects::Dialect& dialect,
                           const dialects::VersionTable& table) {
  const std::string name = dialect.literal(dialect.qualified(table.schema, table.name));
  const std::string schema =
      table.schema.empty()
          ? "coalesce((SELECT n.nspname FROM pg_catalog.pg_class c JOIN "
            "pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = "
            "to_regclass(" +
                name + ")), current_schema())::text"
          : dialect.literal(table.schema);
  const std::string has_schema =
      table.schema.empty()
          ? "current_schema() IS NOT NULL"
          : "EXISTS (SELECT FROM pg_catalog.pg_namespace WHERE nspname = " +
                dialect.literal(table.schema) + ")";
  return "SELECT pg_backend_pid(), " + schema + ", to_regclass(" + name +
         ") IS NOT NULL, " + has_schema +
         ", EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE "
         "condeferred), " +
         milliseconds_of("lock_timeout") + ", " + milliseconds_of("statement_timeout") +
         ", (" + dialects::select_version_width(dialect, table) +
         "), current_user::text";
}

}  // namespace revise::migration
