/// What the handles of <revise/schema.hpp> and <revise/types.hpp> point to, and how
/// they become schema values again.

#pragma once

#include <revise/operations.hpp>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "engine/driver/connection.hpp"
#include "engine/operations/operation.hpp"
#include "engine/schema/table.hpp"

namespace revise::detail {

using NameList = std::vector<std::string>;
using ElementList = std::vector<const Element*>;

struct Element {
  std::variant<schema::Column, schema::PrimaryKeyConstraint, schema::UniqueConstraint,
               schema::CheckConstraint, schema::ForeignKeyConstraint, schema::Index,
               schema::ExcludeConstraint, schema::Identity, schema::Computed, NameList,
               ElementList, schema::NamedValues>
      value;
};

struct TypeNode {
  schema::Type type;
};

}  // namespace revise::detail

namespace revise::operations {

/// A copy; empty for text that is not set.
std::string text_of(Characters text);

/// SQL that more may follow: a comment at its end, which would swallow that, gets the
/// end of its line.
std::string clause_of(Characters sql);

/// A name that an operation cannot do without. Throws UnitError: "`what` needs a name".
std::string required_name(Characters name, const char* what);
std::string table_name_of(Characters name);

/// `text` if it is set.
std::optional<std::string> optional_text_of(Characters text);

std::optional<bool> flag_of(Flag flag);
std::vector<std::string> names_of(const Names& names);

/// Throws UnitError when no type is given.
schema::Type type_of(Type type);

/// None for a default that is left alone or `none`.
std::optional<schema::GeneratedDefault> default_of(const ServerDefault& given);

schema::Deferral deferral_of(Flag deferrable, Characters initially);
schema::IndexElement index_element_of(const IndexElement& element);
std::vector<schema::IndexElement> elements_of(
    std::initializer_list<IndexElement> elements);
std::vector<schema::IndexElement> elements_of(const Names& columns);

/// Each value as SQL has it outside of quotes. Throws UnitError on NULL and on bytes.
schema::NamedValues named_texts_of(std::initializer_list<Parameter> values);
schema::NamedValues named_values_of(const NamedValues& values);

/// Parameters of a statement. Throws UnitError on one that has no name or is given
/// twice.
std::vector<NamedValue> parameters_of(std::initializer_list<Parameter> parameters,
                                      std::string_view dialect);

/// From ExcludeConstraintOptions or CreateExcludeConstraintOptions: what both have.
template <typename Options>
schema::ExcludeConstraint exclude_of(Characters name,
                                     std::initializer_list<ExcludeElement> elements,
                                     const Options& options) {
  schema::ExcludeConstraint exclude{
      .name = text_of(name),
      .name_is_final = name.is_final_name(),
      .deferral = deferral_of(options.deferrable, options.initially),
      .using_ = text_of(options.using_),
      .where = clause_of(options.where.sql()),
      .ops = named_values_of(options.ops)};
  for (const ExcludeElement& element : elements) {
    exclude.elements.push_back(
        {index_element_of(element.column), required_name(element.op, "an operator")});
  }
  return exclude;
}

/// From IndexOptions or CreateIndexOptions: what both have.
template <typename Options>
schema::Index index_of(Characters name, std::initializer_list<IndexElement> elements,
                       const Options& options) {
  return {
      .name = text_of(name),
      .name_is_final = name.is_final_name(),
      .elements = elements_of(elements),
      .unique = options.unique.is_true(),
      .quote = flag_of(options.quote),
      .postgresql_concurrently = options.postgresql_concurrently.is_true(),
      .postgresql_include = names_of(options.postgresql_include),
      .postgresql_nulls_not_distinct = options.postgresql_nulls_not_distinct.is_true(),
      .postgresql_ops = named_values_of(options.postgresql_ops),
      .postgresql_tablespace = text_of(options.postgresql_tablespace),
      .postgresql_using = text_of(options.postgresql_using),
      .postgresql_where = clause_of(options.postgresql_where.sql()),
      .postgresql_with = named_values_of(options.postgresql_with),
      .sqlite_where = clause_of(options.sqlite_where.sql())};
}

/// "table.column" or "schema.table.column" in three parts. Throws UnitError on others.
struct ColumnReference {
  std::string schema = {};
  std::string table = {};
  std::string column = {};
};
ColumnReference reference_of(const std::string& text);

}  // namespace revise::operations
