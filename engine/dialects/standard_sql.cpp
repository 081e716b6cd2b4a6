#include "engine/dialects/standard_sql.hpp"

#include <algorithm>
#include <array>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/dialects/identifier.hpp"

namespace revise::dialects {

namespace {

// A phrase goes into the SQL as it stands, so it has to be one that SQL has. The
// columns after SET NULL and SET DEFAULT are PostgreSQL's.
std::string action_text(const char* event, const std::string& action) {
  static constexpr std::array<std::string_view, 5> kActions = {
      "restrict", "cascade", "set null", "set default", "no action"};
  if (action.empty()) return {};
  std::string phrase = lower(action);
  const bool has_columns = phrase.starts_with("set ") && phrase.ends_with(")") &&
                           phrase.find_first_of(";'\"") == std::string::npos;
  if (has_columns) phrase = strip(phrase.substr(0, phrase.find('(')));
  if (std::find(kActions.begin(), kActions.end(), phrase) == kActions.end()) {
    throw UnitError("a foreign key has no action " + quoted(action) + " on " + event);
  }
  return " ON " + std::string(event) + " " + action;
}

std::string quoted_as_told(const Dialect& dialect, const std::string& name,
                           std::optional<bool> quote) {
  const std::string spelt = dialect.quote(name);  // also checks the name
  if (!quote.has_value()) return spelt;
  return *quote ? double_quoted(name) : name;
}

}  // namespace

std::string name_list(const Dialect& dialect, const std::vector<std::string>& names) {
  std::vector<std::string> spelt;
  spelt.reserve(names.size());
  for (const std::string& name : names) spelt.push_back(dialect.quote(name));
  return join(spelt, ", ");
}

std::string column_name(const Dialect& dialect, const schema::Column& column) {
  return quoted_as_told(dialect, column.name, column.quote);
}

std::string index_name(const Dialect& dialect, const schema::Index& index) {
  return quoted_as_told(dialect, index.name, index.quote);
}

std::string constraint_preamble(const Dialect& dialect, const std::string& name) {
  return name.empty() ? std::string() : "CONSTRAINT " + dialect.quote(name) + " ";
}

std::string deferral_text(const schema::Deferral& deferral) {
  std::string text;
  if (deferral.deferrable.has_value()) {
    text += *deferral.deferrable ? " DEFERRABLE" : " NOT DEFERRABLE";
  }
  if (!deferral.initially.empty()) text += " INITIALLY " + deferral.initially;
  return text;
}

std::string references_suffix(const schema::ForeignKeyConstraint& key) {
  std::string text;
  if (!key.match.empty()) text += " MATCH " + key.match;
  text += action_text("DELETE", key.ondelete);
  text += action_text("UPDATE", key.onupdate);
  return text + deferral_text(key.deferral);
}

std::string foreign_key_text(const Dialect& dialect,
                             const schema::ForeignKeyConstraint& key,
                             const std::string& referent) {
  return constraint_preamble(dialect, key.name) + "FOREIGN KEY(" +
         name_list(dialect, key.columns) + ") REFERENCES " + referent + " (" +
         name_list(dialect, key.referent_columns) + ")" + references_suffix(key);
}

std::string check_text(const Dialect& dialect, const schema::CheckConstraint& check) {
  return constraint_preamble(dialect, check.name) + "CHECK (" + check.sqltext + ")" +
         deferral_text(check.deferral);
}

void refuse_computed() {
  throw UnsupportedError(
      "Adding or removing a \"computed\" construct, e.g. GENERATED ALWAYS AS, to or "
      "from an existing column is not supported.");
}

std::string default_text(const schema::ServerDefault& server_default) {
  if (const auto* literal = std::get_if<schema::Literal>(&server_default)) {
    return single_quoted(literal->text);
  }
  return std::get<schema::Sql>(server_default).text;
}

std::string query_of(const std::string& definition) {
  std::string_view query = strip(definition);
  while (query.ends_with(';')) query = strip(query.substr(0, query.size() - 1));
  const auto line = query.substr(query.rfind('\n') + 1);
  return std::string(query) + (line.find("--") == line.npos ? "" : "\n");
}

std::string index_columns(const Dialect& dialect, const schema::Index& index) {
  if (index.elements.empty()) {
    throw UnitError("index " + quoted(index.name) + " needs at least one column");
  }
  std::vector<std::string> spelt;
  for (const schema::IndexElement& element : index.elements) {
    const auto* name = std::get_if<std::string>(&element);
    spelt.push_back(name != nullptr ? dialect.quote(*name)
                                    : std::get<schema::Sql>(element).text);
  }
  return join(spelt, ", ");
}

std::string type_check_name(const schema::Column& column,
                            const std::string& type_name) {
  return column.type_check_name.empty() ? type_name : column.type_check_name;
}

std::optional<schema::CheckConstraint> enum_check(const Dialect& dialect,
                                                  const schema::Column& column) {
  const auto* type = std::get_if<schema::EnumType>(&column.type);
  if (type == nullptr || !type->create_constraint) return std::nullopt;
  std::vector<std::string> values;
  for (const std::string& value : type->values) values.push_back(single_quoted(value));
  return schema::CheckConstraint{
      .name = type_check_name(column, type->name),
      .sqltext = column_name(dialect, column) + " IN (" + join(values, ", ") + ")"};
}

std::string create_table_text(const Dialect& dialect,
                              const operations::CreateTableOp& op,
                              const std::vector<std::string>& parts,
                              const std::string& suffix) {
  std::string text = "CREATE ";
  for (const std::string& prefix : op.table.options.prefixes) text += prefix + " ";
  text += "TABLE ";
  if (op.if_not_exists) text += "IF NOT EXISTS ";
  text += dialect.qualified(op.table.schema, op.table.name) + " (";
  const char* separator = "\n    ";
  for (const std::string& part : parts) {
    text += separator + part;
    separator = ", \n    ";
  }
  return text + "\n)" + suffix;
}

std::string drop_table_text(const Dialect& dialect, const operations::DropTableOp& op) {
  return std::string("DROP TABLE ") + (op.if_exists ? "IF EXISTS " : "") +
         dialect.qualified(op.schema, op.table);
}

std::string rename_table_text(const Dialect& dialect,
                              const operations::RenameTableOp& op) {
  return "ALTER TABLE " + dialect.qualified(op.schema, op.table) + " RENAME TO " +
         dialect.quote(op.new_table);
}

std::string drop_column_text(const Dialect& dialect,
                             const operations::DropColumnOp& op) {
  return "ALTER TABLE " + dialect.qualified(op.schema, op.table) + " DROP COLUMN " +
         (op.if_exists ? "IF EXISTS " : "") + dialect.quote(op.column);
}

std::string insert_text(const Dialect& dialect, const operations::BulkInsertOp& op,
                        const std::vector<std::string>& values) {
  return "INSERT INTO " + dialect.qualified(op.schema, op.table) + " (" +
         name_list(dialect, op.columns) + ") VALUES (" + join(values, ", ") + ")";
}

std::vector<std::string> insert_script(const Dialect& dialect,
                                       const operations::BulkInsertOp& op) {
  std::vector<std::string> script;
  script.reserve(op.rows.size());
  for (const driver::Row& row : op.rows) {
    std::vector<std::string> values;
    values.reserve(row.size());
    for (const driver::Value& value : row) values.push_back(dialect.literal(value));
    script.push_back(insert_text(dialect, op, values));
  }
  return script;
}

}  // namespace revise::dialects
