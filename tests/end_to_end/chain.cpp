#include "tests/end_to_end/chain.hpp"

#include <cstdlib>

namespace revise::testing {
namespace {

std::string name_of(int number) {
  return (number < 10 ? "r0" : "r") + std::to_string(number);
}

// Slow enough for a kill to strike inside it: a thousand rows, one at a time.
std::string rows_for(const std::string& table) {
  return "  op.execute(\"INSERT INTO " + table +
         " (n) WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c "
         "WHERE n < 1000) SELECT n FROM c\");\n";
}

bool has_table(const TestDatabase& database, const std::string& table) {
  const auto* catalogue = database.dialect() == "sqlite"
                              ? "SELECT count(*) FROM sqlite_schema WHERE name = '"
                              : "SELECT count(*) FROM pg_tables WHERE tablename = '";
  return database.select(catalogue + table + "'") == "1";
}

std::string traces(const TestDatabase& database, int run) {
  if (run == 0) return has_table(database, "applied") ? "there is a trace" : "";
  std::string expected;
  for (int i = 1; i <= run; ++i) expected += (i > 1 ? "," : "") + name_of(i);
  const auto applied = database.select("SELECT id FROM applied ORDER BY id");
  return applied == expected ? "" : "traces are " + applied + ", not " + expected;
}

}  // namespace

void add_chain(const Project& project, int count, ChainWork work) {
  for (int i = 1; i <= count; ++i) {
    const auto id = name_of(i);
    UnitText unit{.id = id, .down = i > 1 ? name_of(i - 1) : "", .upgrade = {}};
    const bool is_middle = work == ChainWork::Concurrently && i == count / 2;
    if (is_middle) {
      unit.upgrade = "  op.autocommit_block([&] { op.create_index(\"concurrent\", \"" +
                     name_of(i - 1) +
                     "\", {\"n\"}, {.postgresql_concurrently = true}); });\n";
    }
    if (i == 1) {
      unit.upgrade += "  op.create_table(\"applied\", {Column(\"id\", String(8))});\n";
    }
    unit.upgrade += "  op.create_table(\"" + id + "\", {Column(\"n\", Integer)});\n" +
                    rows_for(id) + "  op.execute(\"INSERT INTO applied VALUES ('" + id +
                    "')\");";
    unit.downgrade = "  op.execute(\"DELETE FROM applied WHERE id = '" + id +
                     "'\");\n  op.drop_table(\"" + id + "\");";
    if (i == 1) unit.downgrade += "\n  op.drop_table(\"applied\");";
    project.add(unit);
  }
}

int revisions_run(const TestDatabase& database) {
  if (!has_table(database, "alembic_version")) return 0;
  const auto row = database.select("SELECT version_num FROM alembic_version");
  return row.empty() ? 0 : std::atoi(row.c_str() + 1);
}

std::string off_boundary(const TestDatabase& database, int count) {
  const int run = revisions_run(database);
  for (int i = 1; i <= count; ++i) {
    const auto table = name_of(i);
    if (has_table(database, table) != (i <= run)) {
      return "at " + name_of(run) + " the table " + table + " is wrong";
    }
    if (i <= run && database.select("SELECT count(*) FROM " + table) != "1000") {
      return "at " + name_of(run) + " rows are missing in " + table;
    }
  }
  return traces(database, run);
}

}  // namespace revise::testing
