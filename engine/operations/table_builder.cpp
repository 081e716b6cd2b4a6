#include "engine/operations/table_builder.hpp"

#include <algorithm>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/operations/handles.hpp"

namespace revise::operations {

namespace {

struct AddElement {
  schema::Table& table;

  void operator()(const schema::Column& column) const {
    for (const schema::Column& other : table.columns) {
      if (other.name == column.name) {
        throw UnitError("table " + quoted(table.name) + " has two columns " +
                        quoted(column.name));
      }
    }
    table.columns.push_back(column);
  }
  void operator()(const schema::PrimaryKeyConstraint& key) const { add(key); }
  void operator()(const schema::UniqueConstraint& key) const { add(key); }
  void operator()(const schema::CheckConstraint& check) const { add(check); }
  void operator()(const schema::ForeignKeyConstraint& key) const { add(key); }
  void operator()(const schema::ExcludeConstraint& exclude) const { add(exclude); }
  void operator()(const schema::Index& index) const { table.indexes.push_back(index); }

  // These are parts of a column, or lists, and no element of a table: the handles'
  // types keep them from coming here.
  void operator()(const schema::Identity&) const {}
  void operator()(const schema::Computed&) const {}
  void operator()(const detail::NameList&) const {}
  void operator()(const detail::ElementList&) const {}
  void operator()(const schema::NamedValues&) const {}

 private:
  template <typename T>
  void add(const T& constraint) const {
    table.constraints.emplace_back(constraint);
  }
};

schema::Column* find_column(schema::Table& table, const std::string& name) {
  const auto found =
      std::find_if(table.columns.begin(), table.columns.end(),
                   [&](const schema::Column& column) { return column.name == name; });
  return found == table.columns.end() ? nullptr : &*found;
}

void require_columns(schema::Table& table, const std::vector<std::string>& names,
                     const char* what) {
  for (const std::string& name : names) {
    if (find_column(table, name) == nullptr) {
      throw UnitError(std::string(what) + " of table " + quoted(table.name) +
                      " names column " + quoted(name) + ", which the table has not");
    }
  }
}

// SQLAlchemy makes the columns of an explicit key NOT NULL too, unless told otherwise.
struct CheckConstraintColumns {
  schema::Table& table;

  void operator()(const schema::PrimaryKeyConstraint& key) const {
    require_columns(table, key.columns, "the primary key");
    require_flagged(key);
    for (const std::string& name : key.columns) {
      schema::Column& column = *find_column(table, name);
      column.primary_key = true;
      if (!column.nullable_is_told) column.nullable = false;
    }
  }
  void operator()(const schema::UniqueConstraint& key) const {
    require_columns(table, key.columns, "a unique constraint");
  }
  void operator()(const schema::ForeignKeyConstraint& key) const {
    require_columns(table, key.columns, "a foreign key");
  }
  void operator()(const schema::CheckConstraint&) const {}
  void operator()(const schema::ExcludeConstraint& exclude) const {
    std::vector<std::string> names;
    for (const auto& element : exclude.elements) {
      const auto* name = std::get_if<std::string>(&element.column);
      if (name != nullptr) names.push_back(*name);
    }
    require_columns(table, names, "an exclude constraint");
  }

 private:
  // Two tellings of one key have to agree; SQLAlchemy takes the constraint's, and
  // warns that this may become an error.
  void require_flagged(const schema::PrimaryKeyConstraint& key) const {
    if (key.columns.empty()) return;
    for (const schema::Column& column : table.columns) {
      const bool is_named = std::find(key.columns.begin(), key.columns.end(),
                                      column.name) != key.columns.end();
      if (column.primary_key && !is_named) {
        throw UnitError("column " + quoted(column.name) + " of table " +
                        quoted(table.name) +
                        " has 'primary_key', but the PrimaryKeyConstraint does not "
                        "name it");
      }
    }
  }
};

void check_primary_keys(const schema::Table& table) {
  const auto keys = std::count_if(
      table.constraints.begin(), table.constraints.end(), [](const auto& constraint) {
        return std::holds_alternative<schema::PrimaryKeyConstraint>(constraint);
      });
  if (keys > 1) {
    throw UnitError("table " + quoted(table.name) + " has two primary keys");
  }
}

}  // namespace

schema::Table table_of(std::string name, const detail::ElementList& elements) {
  schema::Table table{.name = std::move(name)};
  for (const detail::Element* element : elements) {
    std::visit(AddElement{table}, element->value);
  }
  check_primary_keys(table);
  for (const schema::Constraint& constraint : table.constraints) {
    std::visit(CheckConstraintColumns{table}, constraint);
  }
  return table;
}

}  // namespace revise::operations
