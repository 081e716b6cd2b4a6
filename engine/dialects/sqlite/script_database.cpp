#include "engine/dialects/sqlite/script_database.hpp"

#include "engine/core/text.hpp"
#include "engine/dialects/identifier.hpp"
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
            .aside = [this](std::string_view sql) { connection_->execute(sql); },
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

// What the unit did not describe would be lost: there is no statement that raises, but
// a CHECK does, and its name is what sqlite3 then prints.
void ScriptDatabase::expect_nothing_else(const std::string& schema,
                                         const std::string& table) {
  const std::string master = dialect_.quote(schema) + ".sqlite_master";
  const std::string on_table = "lower(tbl_name) = lower(" + single_quoted(table) + ")";
  std::vector<std::string> known;
  const auto indexes = connection_->batch("SELECT name FROM " + master +
                                          " WHERE type = 'index' AND " + on_table);
  for (const auto& row : indexes.rows) {
    known.push_back(single_quoted(std::get<std::string>(row.at(0))));
  }
  const std::string name =
      "table " + table + " has a trigger or an index that copy_from does not name";
  script_.push_back("CREATE TEMP TABLE revise_expected (found INTEGER, CONSTRAINT " +
                    dialect_.quote(name) + " CHECK (found = 0))");
  script_.push_back("INSERT INTO revise_expected SELECT count(*) FROM " + master +
                    " WHERE " + on_table +
                    " AND (type = 'trigger' OR type = 'index' AND sql IS NOT NULL AND "
                    "name NOT IN (" +
                    join(known, ", ") + "))");
  script_.push_back("DROP TABLE temp.revise_expected");
}

}  // namespace revise::sqlite
