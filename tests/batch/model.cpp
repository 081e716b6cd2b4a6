#include "tests/batch/model.hpp"

#include <algorithm>
#include <cctype>
#include <utility>

#include "engine/core/text.hpp"

namespace revise::testing {

namespace {

std::string named(const std::string& name, const Style& style) {
  return name.empty() ? "" : "CONSTRAINT " + style.name(name) + style.space();
}

bool is_plain(const std::string& name) {
  return name.size() <= 2 && std::all_of(name.begin(), name.end(), [](char c) {
           return std::isalnum(static_cast<unsigned char>(c)) != 0;
         });
}

std::string column_sql(const Model& model, const ModelColumn& column,
                       const Style& style) {
  const std::string s = style.space();
  std::string sql = style.name(column.name);
  if (!column.type.empty()) sql += s + column.type;
  if (!column.collation.empty()) sql += s + "COLLATE" + s + column.collation;
  if (!column.default_value.empty()) sql += s + "DEFAULT" + s + column.default_value;
  if (column.not_null) sql += s + "NOT" + s + "NULL" + s + column.not_null_conflict;
  if (column.number == model.key_column && model.key != "none" &&
      model.key != "table") {
    sql +=
        s + "PRIMARY" + s + "KEY" + (model.key == "counter" ? s + "AUTOINCREMENT" : "");
  }
  if (column.is_unique) sql += s + "UNIQUE";
  if (!column.generated.empty()) {
    // SQLite takes a comment here for a part of the type.
    sql += " GENERATED ALWAYS AS" + s + "(" + filled(model, column.generated, style) +
           ")" + s + (column.is_stored ? "STORED" : "VIRTUAL");
  }
  if (!column.check.empty()) {
    sql += s + named(column.check_name, style) + "CHECK" + s + "(" +
           filled(model, column.check, style) + ")";
  }
  if (!column.references.empty()) {
    sql += s + "REFERENCES" + s + filled(model, column.references, style);
  }
  return sql;
}

std::string column_list(const Model& model, const std::vector<int>& columns,
                        const Style& style) {
  std::vector<std::string> names;
  for (const int number : columns)
    names.push_back(style.name(model.find(number)->name));
  return "(" + style.space() + join(names, "," + style.space()) + ")";
}

std::string constraint_sql(const Model& model, const ModelConstraint& constraint,
                           const Style& style) {
  const std::string s = style.space();
  const std::string rest = filled(model, constraint.rest, style);
  const std::string columns = column_list(model, constraint.columns, style);
  const std::string name = named(constraint.name, style);
  switch (constraint.kind) {
    case ModelConstraint::Kind::PrimaryKey:
      return name + "PRIMARY KEY" + s + columns + s + rest;
    case ModelConstraint::Kind::Unique:
      return name + "UNIQUE" + s + columns + s + rest;
    case ModelConstraint::Kind::Check:
      return name + "CHECK" + s + "(" + rest + ")";
    case ModelConstraint::Kind::ForeignKey:
      return name + "FOREIGN KEY" + s + columns + s + "REFERENCES" + s + rest;
  }
  return {};
}

}  // namespace

ModelColumn* Model::find(int number) {
  return const_cast<ModelColumn*>(std::as_const(*this).find(number));
}

const ModelColumn* Model::find(int number) const {
  for (const ModelColumn& column : columns) {
    if (column.number == number) return &column;
  }
  return nullptr;
}

std::string Style::name(const std::string& name) const {
  const bool is_bare = is_plain(name) && (random == nullptr || random->chance(70));
  if (is_bare) return name;
  const int way = random == nullptr ? 0 : random->below(4);
  if (way == 1) return "`" + replace_all(name, "`", "``") + "`";
  if (way == 2 && name.find(']') == std::string::npos) return "[" + name + "]";
  return "\"" + replace_all(name, "\"", "\"\"") + "\"";
}

std::string Style::space() const {
  if (random == nullptr || random->chance(70)) return " ";
  return random->one_of<std::string>(
      {"  ", "\n", "\t", " /* it's, ( */ ", " -- x, )\n", "/**/", "\n    "});
}

std::string filled(const Model& model, const std::string& sql, const Style& style) {
  std::string text = replace_all(sql, "{t}", style.name(model.table));
  for (const ModelColumn& column : model.columns) {
    text = replace_all(text, "{" + std::to_string(column.number) + "}",
                       style.name(column.name));
  }
  return text;
}

std::string create_table_sql(const Model& model, const Style& style) {
  std::vector<std::string> parts;
  for (const auto& column : model.columns) {
    parts.push_back(style.space() + column_sql(model, column, style));
  }
  for (const auto& constraint : model.constraints) {
    parts.push_back(style.space() + constraint_sql(model, constraint, style));
  }
  std::string sql = "CREATE TABLE " + style.name(model.table) + style.space() + "(";
  for (std::size_t i = 0; i < parts.size(); ++i) {
    sql += parts[i] + style.space();
    if (i + 1 == parts.size()) break;
    const bool may_miss = i >= model.columns.size() && style.random != nullptr;
    sql += may_miss && style.random->chance(20) ? "" : ",";
    if (style.random != nullptr && style.random->chance(15))
      sql += " -- of the above\n";
  }
  std::vector<std::string> options;
  if (model.without_rowid) options.emplace_back("WITHOUT ROWID");
  if (model.is_strict) options.emplace_back("STRICT");
  return sql + ")" + join(options, ",");
}

std::string create_index_sql(const Model& model, const ModelIndex& index,
                             const Style& style) {
  std::vector<std::string> places;
  for (const int number : index.columns) {
    places.push_back(style.name(model.find(number)->name));
  }
  if (!index.expression.empty()) {
    places.push_back(filled(model, index.expression, style));
  }
  return std::string("CREATE ") + (index.is_unique ? "UNIQUE " : "") + "INDEX " +
         style.name(index.name) + " ON " + style.name(model.table) + style.space() +
         "(" + join(places, "," + style.space()) + ")" +
         (index.where.empty() ? "" : " WHERE " + filled(model, index.where, style));
}

std::string rowid_word(const Model& model) {
  if (model.without_rowid) return {};
  for (const std::string word : {"rowid", "_rowid_", "oid"}) {
    const bool is_column = std::any_of(
        model.columns.begin(), model.columns.end(),
        [&](const ModelColumn& column) { return lower(column.name) == word; });
    if (!is_column) return word;
  }
  return {};
}

}  // namespace revise::testing
