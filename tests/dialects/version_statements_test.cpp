/// The statements on the version table.

#include "engine/dialects/version_statements.hpp"

#include <doctest/doctest.h>

using namespace revise;
using dialects::dialect_named;
using dialects::VersionTable;

TEST_SUITE("dialects/version_statements") {
  TEST_CASE("the version table is Alembic's") {
    for (const dialects::Dialect* dialect : dialects::all_dialects()) {
      const VersionTable table;
      CHECK(create_version_table(*dialect, table) ==
            "CREATE TABLE alembic_version (\n"
            "    version_num VARCHAR(32) NOT NULL, \n"
            "    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)\n)");
      CHECK(insert_version(*dialect, table, "ae10") ==
            "INSERT INTO alembic_version (version_num) VALUES ('ae10')");
      CHECK(update_version(*dialect, table, "ae10", "27c6") ==
            "UPDATE alembic_version SET version_num='27c6' WHERE "
            "alembic_version.version_num = 'ae10'");
      CHECK(delete_version(*dialect, table, "it's") ==
            "DELETE FROM alembic_version WHERE alembic_version.version_num = 'it''s'");
      CHECK(select_versions(*dialect, table) ==
            "SELECT version_num FROM alembic_version ORDER BY version_num");
      CHECK(drop_version_table(*dialect, table) == "DROP TABLE alembic_version");
    }
  }

  TEST_CASE("a name, a schema, a width and the absence of a key are kept to") {
    const VersionTable table{
        .name = "Versions", .schema = "s", .length = 64, .primary_key = false};
    const auto& dialect = dialect_named("postgresql");
    CHECK(create_version_table(dialect, table) ==
          "CREATE TABLE s.\"Versions\" (\n    version_num VARCHAR(64) NOT NULL\n)");
    CHECK(update_version(dialect, table, "a", "b") ==
          "UPDATE s.\"Versions\" SET version_num='b' WHERE "
          "s.\"Versions\".version_num = 'a'");
    CHECK(widen_version(dialect, table, 255) ==
          "ALTER TABLE s.\"Versions\" ALTER COLUMN version_num TYPE VARCHAR(255)");
    CHECK(select_version_width(dialect, table) ==
          "SELECT atttypmod - 4 FROM pg_catalog.pg_attribute WHERE attrelid = "
          "pg_catalog.to_regclass('s.\"Versions\"') AND attname = 'version_num' AND "
          "atttypmod > 4");
  }

  TEST_CASE(
      "SQLite holds no column to its width, so there is nothing to ask or widen") {
    CHECK(select_version_width(dialect_named("sqlite"), {}) == "");
    CHECK(widen_version(dialect_named("sqlite"), {}, 255) == "");
  }
}
