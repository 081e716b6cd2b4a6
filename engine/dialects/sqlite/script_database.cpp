#include "engine/dialects/sqlite/script_database.hpp"

#include "engine/core/text.hpp"
#include "engine/dialects/identifier.hpp"
#include "engine/dialects/sqlite/script_checks.hpp"
#include "engine/driver/connect.hpp"
#include "engine/driver/url.hpp"

namespace revise::sqlite {

using dialects::single_quoted;

ScriptDatabase::ScriptDatabase(const dialects::Dialect& dialect,
                               const operations::BatchAlterTableOp& batch)
    : dialect_(dialect),
      connection_(driver::connect(driver::parse_url("sqlite://"))),
      live_{.read = [this](std::string_view sql) { return connection_->batch(sql); },
            .send = [this](const std::string& sql) { send(sql); },
            .aside = [this](std::string_view sql) { send(std::string(sql)); },
            .apply = [this](const auto& operation) { apply(operation); },
            .before_rebuild =
                [this](const std::string& schema, const std::string& table) {
                  expect_nothing_else(schema, table);
                }} {
  create(batch);
}

void ScriptDatabase::create(const operations::BatchAlterTableOp& batch) {
  has_table_ = batch.copy_from.has_value();
  if (!has_table_) return;
  const std::string schema = lower(batch.schema);
  if (!schema.empty() && schema != "main" && schema != "temp") {
    connection_->execute("ATTACH ':memory:' AS " + dialect_.quote(batch.schema));
  }
  operations::CreateTableOp op{.table = *batch.copy_from};
  op.table.schema = batch.schema;
  for (const auto& text : dialect_.render_script(op)) connection_->execute(text);
}

void ScriptDatabase::send(const std::string& sql) {
  connection_->execute(sql);
  script_.push_back(sql);
}

// The unit's own statements are about more than the one table, and about rows.
void ScriptDatabase::apply(const operations::Operation& operation) {
  const bool is_own = std::holds_alternative<operations::ExecuteOp>(operation);
  for (const auto& text : dialect_.render_script(operation)) {
    if (!is_own && has_table_) connection_->execute(text);
    script_.push_back(text);
  }
}

// What the unit did not describe would be lost; and a text between double quotes, which
// sqlite3 takes for one where there is no such column, would be copied as a value.
void ScriptDatabase::expect_nothing_else(const std::string& schema,
                                         const std::string& table) {
  const std::string in_schema = single_quoted(schema);
  const std::string master = dialect_.quote(schema) + ".sqlite_master";
  const std::string name = "lower(" + single_quoted(table) + ")";
  const std::string columns = " FROM pragma_table_xinfo(" + single_quoted(table) +
                              ", " + in_schema + ") WHERE hidden <> 1";
  const auto known = names_in("SELECT lower(name)" + columns);
  const auto indexes = names_in("SELECT name FROM " + master +
                                " WHERE type = 'index' AND lower(tbl_name) = " + name);
  const std::string count = "SELECT count(*)";
  const std::string is_known = " AND lower(name) IN (" + join(known, ", ") + ")";
  add(expect(
      dialect_,
      {
          {"table " + table + " has a trigger or an index that copy_from does not name",
           count + " FROM " + master + " WHERE lower(tbl_name) = " + name +
               " AND (type = 'trigger' OR type = 'index' AND sql IS NOT NULL AND name "
               "NOT "
               "IN (" +
               join(indexes,                                                  ", ") + "))"},
          {"table " + table + " has a column that copy_from does not name",
           count + " - total(lower(name) IN (" + join(known, ", ") + "))" + columns},
          {"copy_from names a column that table " + table + " has not",
           "SELECT " + std::to_string(known.size()) + " - count(*)" + columns +
               is_known                                        },
          {"foreign_keys is on, and rows that refer to table " + table +
               " would be deleted",                                                                 count + " FROM " + master + " AS m, pragma_foreign_key_list(m.name, " +
               in_schema +
               ") AS k, pragma_foreign_keys AS p WHERE m.type = 'table' AND "
               "lower(k.\"table\") = " +
               name + " AND p.foreign_keys"           }
  }));
  add(watch_foreign_keys(dialect_, schema, table));
}

// The first column of `select`, as literals.
std::vector<std::string> ScriptDatabase::names_in(const std::string& select) const {
  std::vector<std::string> names;
  for (const auto& row : connection_->batch(select).rows) {
    names.push_back(single_quoted(std::get<std::string>(row.at(0))));
  }
  return names;
}

void ScriptDatabase::add(const std::vector<std::string>& statements) {
  script_.insert(script_.end(), statements.begin(), statements.end());
}

}  // namespace revise::sqlite
