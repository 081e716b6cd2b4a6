// https://sqlite.org/pragma.html#pragma_foreign_key_check

#include "engine/dialects/sqlite/script_checks.hpp"

#include "engine/core/text.hpp"
#include "engine/dialects/identifier.hpp"

namespace revise::sqlite {

namespace {

using dialects::single_quoted;
using Texts = std::vector<std::string>;

constexpr const char* kCreateBroken =
    "CREATE TEMP TABLE IF NOT EXISTS revise_broken (schema, name, child, parent, "
    "number)";

}  // namespace

Texts expect(const dialects::Dialect& dialect,
             const std::vector<Expectation>& expected) {
  Texts columns;
  Texts checks;
  Texts values;
  for (const Expectation& one : expected) {
    const std::string column = "found" + std::to_string(columns.size() + 1);
    columns.push_back(column + " INTEGER");
    checks.push_back("CONSTRAINT " + dialect.quote(one.told) + " CHECK (" + column +
                     " = 0)");
    values.push_back("(" + one.wrong + ")");
  }
  return {"CREATE TEMP TABLE revise_expected (" + join(columns, ", ") + ", " +
              join(checks, ", ") + ")",
          "INSERT INTO temp.revise_expected SELECT " + join(values, ", "),
          "DROP TABLE temp.revise_expected"};
}

// A table without such rows gets one of NULL, so that it is known to be watched. Equal
// rows are numbered, so that another one like them is new.
Texts watch_foreign_keys(const dialects::Dialect& dialect, const std::string& schema,
                         const std::string& table) {
  const std::string in_schema = single_quoted(schema);
  const std::string name = "lower(" + single_quoted(table) + ")";
  return {kCreateBroken,
          "INSERT INTO temp.revise_broken SELECT " + in_schema +
              ", m.name, f.rowid, f.parent, row_number() OVER (PARTITION BY m.name, "
              "f.rowid, f.parent) FROM " +
              dialect.quote(schema) +
              ".sqlite_master AS m LEFT JOIN pragma_foreign_key_check(m.name, " +
              in_schema + ") AS f WHERE m.type = 'table' AND (lower(m.name) = " + name +
              " OR " + name +
              " IN (SELECT lower(k.\"table\") FROM pragma_foreign_key_list(m.name, " +
              in_schema +
              ") AS k)) AND m.name NOT IN (SELECT name FROM temp.revise_broken WHERE "
              "schema = " +
              in_schema + ")"};
}

bool watches_foreign_keys(std::string_view script) {
  return script.find(kCreateBroken) != script.npos;
}

// The tables first: to ask for one that is gone is an error.
Texts check_foreign_keys(const dialects::Dialect& dialect) {
  const std::string now =
      "SELECT w.schema, w.name, f.rowid, f.parent, row_number() OVER (PARTITION BY "
      "w.schema, w.name, f.rowid, f.parent) FROM (SELECT DISTINCT schema, name FROM "
      "temp.revise_broken AS b WHERE EXISTS (SELECT 1 FROM pragma_table_info(b.name, "
      "b.schema))) AS w JOIN pragma_foreign_key_check(w.name, w.schema) AS f";
  Texts texts = expect(
      dialect, {
                   {"rows refer to nothing that did not so before a table was made "
                    "anew", "SELECT count(*) FROM (" + now +
                        " EXCEPT SELECT schema, name, child, parent, number FROM "
                        "temp.revise_broken)"}
  });
  texts.emplace_back("DROP TABLE temp.revise_broken");
  return texts;
}

}  // namespace revise::sqlite
