#include <revise/schema.hpp>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/operations/arena.hpp"
#include "engine/operations/handles.hpp"

namespace revise {

namespace {

using operations::clause_of;
using operations::deferral_of;
using operations::flag_of;
using operations::names_of;
using operations::text_of;

template <typename T>
detail::Element* element_of(T value) {
  return operations::current_arena().make(detail::Element{std::move(value)});
}

std::optional<std::int64_t> number_of(Count count) {
  if (!count.is_set()) return std::nullopt;
  return count.value();
}

template <typename Options>
schema::ForeignKeyConstraint foreign_key_of(const Options& options) {
  return {.name = text_of(options.name),
          .name_is_final = options.name.is_final_name(),
          .onupdate = text_of(options.onupdate),
          .ondelete = text_of(options.ondelete),
          .deferral = deferral_of(options.deferrable, options.initially),
          .match = text_of(options.match),
          .postgresql_not_valid = options.postgresql_not_valid.is_true()};
}

// All columns of a key refer to one table.
void set_referents(schema::ForeignKeyConstraint& key, const detail::NameList& texts) {
  for (const std::string& text : texts) {
    auto reference = operations::reference_of(text);
    if (!key.referent_columns.empty() && (reference.table != key.referent_table ||
                                          reference.schema != key.referent_schema)) {
      throw UnitError("a foreign key refers to columns of one table, not of " +
                      quoted(key.referent_table) + " and " + quoted(reference.table));
    }
    key.referent_schema = std::move(reference.schema);
    key.referent_table = std::move(reference.table);
    key.referent_columns.push_back(std::move(reference.column));
  }
}

void add_to(schema::Column& column, const ColumnElement& element) {
  if (element.node() == nullptr) return;
  const auto& value = element.node()->value;
  if (const auto* key = std::get_if<schema::ForeignKeyConstraint>(&value)) {
    column.foreign_keys.push_back(*key);
    column.foreign_keys.back().columns = {column.name};
  } else if (const auto* check = std::get_if<schema::CheckConstraint>(&value)) {
    column.checks.push_back(*check);
  } else if (const auto* computed = std::get_if<schema::Computed>(&value)) {
    column.computed = *computed;
  } else if (const auto* identity = std::get_if<schema::Identity>(&value)) {
    column.identity = *identity;
  }
}

struct SetDefault {
  schema::Column& column;

  void operator()(const schema::Literal& text) const { column.server_default = text; }
  void operator()(const schema::Sql& sql) const { column.server_default = sql; }
  void operator()(const schema::Identity& identity) const {
    column.identity = identity;
  }
  void operator()(const schema::Computed& computed) const {
    column.computed = computed;
  }
};

void set_default(schema::Column& column, const ServerDefault& given) {
  const auto value = operations::default_of(given);
  if (value.has_value()) std::visit(SetDefault{column}, *value);
}

// SQLAlchemy's rules: a column of a primary key or with an identity is NOT NULL unless
// the unit says otherwise.
bool is_nullable(const ColumnOptions& options, const schema::Column& column) {
  if (options.nullable.is_set()) return options.nullable.is_true();
  if (column.identity.has_value()) return column.identity->on_null;
  return !column.primary_key;
}

detail::Element* column_of(Characters name, Type type, const ColumnOptions& options,
                           std::initializer_list<ColumnElement> elements) {
  schema::Column column{
      .name = text_of(name),
      .nullable_is_told = options.nullable.is_set(),
      .primary_key = options.primary_key.is_true(),
      .autoincrement = flag_of(options.autoincrement),
      .index = options.index.is_true(),
      .unique = options.unique.is_true(),
      .quote = flag_of(options.quote),
      .comment = text_of(options.comment),
      .sqlite_on_conflict_not_null = text_of(options.sqlite_on_conflict_not_null),
      .sqlite_on_conflict_primary_key = text_of(options.sqlite_on_conflict_primary_key),
      .sqlite_on_conflict_unique = text_of(options.sqlite_on_conflict_unique)};
  if (column.name.empty()) throw UnitError("a column needs a name");
  if (!type.is_set()) throw UnitError("column " + quoted(column.name) + " has no type");
  column.type = operations::type_of(type);
  for (const ColumnElement& element : elements) add_to(column, element);
  add_to(column, options.computed);
  add_to(column, options.identity);
  set_default(column, options.server_default);
  if (column.computed.has_value() &&
      (column.server_default.has_value() || column.identity.has_value())) {
    throw UnitError("column " + quoted(column.name) +
                    " is computed, so it can have neither default nor identity");
  }
  if (column.identity.has_value() && column.server_default.has_value()) {
    throw UnitError("column " + quoted(column.name) +
                    " has an identity, so it can have no default");
  }
  column.nullable = is_nullable(options, column);
  return element_of(std::move(column));
}

}  // namespace

ServerDefault::ServerDefault(const Computed& computed)
    : node_(computed.node()), kind_(Kind::Generated) {}
ServerDefault::ServerDefault(const Identity& identity)
    : node_(identity.node()), kind_(Kind::Generated) {}

Names::Names(std::initializer_list<Characters> names)
    : node_(element_of(detail::NameList{})) {
  for (const Characters& name : names) add(name);
}

void Names::add(Characters name) {
  if (node_ == nullptr) node_ = element_of(detail::NameList{});
  std::get<detail::NameList>(node_->value).push_back(text_of(name));
}

NamedValues::NamedValues(std::initializer_list<Parameter> values)
    : node_(element_of(operations::named_texts_of(values))) {}

ForeignKey::ForeignKey(Characters column, const ForeignKeyOptions& options) {
  auto key = foreign_key_of(options);
  set_referents(key, {text_of(column)});
  node_ = element_of(std::move(key));
}

Identity::Identity() : Identity(IdentityOptions{}) {}

Identity::Identity(const IdentityOptions& options)
    : ColumnElement(
          element_of(schema::Identity{.always = options.always.is_true(),
                                      .on_null = options.on_null.is_true(),
                                      .start = number_of(options.start),
                                      .increment = number_of(options.increment),
                                      .minvalue = number_of(options.minvalue),
                                      .maxvalue = number_of(options.maxvalue),
                                      .nominvalue = options.nominvalue.is_true(),
                                      .nomaxvalue = options.nomaxvalue.is_true(),
                                      .cycle = flag_of(options.cycle),
                                      .cache = number_of(options.cache),
                                      .order = flag_of(options.order)})) {}

Computed::Computed(TextClause sqltext, const ComputedOptions& options)
    : ColumnElement(
          element_of(schema::Computed{.sqltext = clause_of(sqltext.sql()),
                                      .persisted = flag_of(options.persisted)})) {}

CheckConstraint::CheckConstraint(TextClause sqltext,
                                 const CheckConstraintOptions& options)
    : TableElement(element_of(schema::CheckConstraint{
          .name = text_of(options.name),
          .name_is_final = options.name.is_final_name(),
          .sqltext = clause_of(sqltext.sql()),
          .deferral = deferral_of(options.deferrable, options.initially),
          .postgresql_not_valid = options.postgresql_not_valid.is_true(),
          .sqlite_on_conflict = text_of(options.sqlite_on_conflict)})) {}

CheckConstraint::operator ColumnElement() const {
  struct Opened : ColumnElement {
    explicit Opened(const detail::Element* node) : ColumnElement(node) {}
  };
  return Opened(node_);
}

Column::Column(Characters name, Type type, const ColumnOptions& options)
    : TableElement(column_of(name, type, options, {})) {}
Column::Column(Characters name, Type type, ColumnElement element,
               const ColumnOptions& options)
    : TableElement(column_of(name, type, options, {element})) {}
Column::Column(Characters name, Type type, ColumnElement first, ColumnElement second,
               const ColumnOptions& options)
    : TableElement(column_of(name, type, options, {first, second})) {}
Column::Column(Characters name, Type type, ColumnElement first, ColumnElement second,
               ColumnElement third, const ColumnOptions& options)
    : TableElement(column_of(name, type, options, {first, second, third})) {}

ForeignKeyConstraint::ForeignKeyConstraint(const Names& columns,
                                           const Names& refcolumns,
                                           const ForeignKeyConstraintOptions& options)
    : TableElement(nullptr) {
  auto key = foreign_key_of(options);
  key.columns = names_of(columns);
  set_referents(key, names_of(refcolumns));
  // SQLAlchemy's own words.
  if (key.columns.size() != key.referent_columns.size()) {
    throw UnitError(
        "ForeignKeyConstraint number of constrained columns must match the number of "
        "referenced columns.");
  }
  if (key.columns.empty()) throw UnitError("a foreign key needs at least one column");
  node_ = element_of(std::move(key));
}

PrimaryKeyConstraint::PrimaryKeyConstraint(const Names& columns,
                                           const PrimaryKeyConstraintOptions& options)
    : TableElement(element_of(schema::PrimaryKeyConstraint{
          .name = text_of(options.name),
          .name_is_final = options.name.is_final_name(),
          .columns = names_of(columns),
          .deferral = deferral_of(options.deferrable, options.initially),
          .postgresql_include = names_of(options.postgresql_include),
          .sqlite_on_conflict = text_of(options.sqlite_on_conflict)})) {}

UniqueConstraint::UniqueConstraint(const Names& columns,
                                   const UniqueConstraintOptions& options)
    : TableElement(element_of(schema::UniqueConstraint{
          .name = text_of(options.name),
          .name_is_final = options.name.is_final_name(),
          .columns = names_of(columns),
          .deferral = deferral_of(options.deferrable, options.initially),
          .postgresql_include = names_of(options.postgresql_include),
          .postgresql_nulls_not_distinct =
              options.postgresql_nulls_not_distinct.is_true(),
          .sqlite_on_conflict = text_of(options.sqlite_on_conflict)})) {}

Index::Index(Characters name, std::initializer_list<IndexElement> expressions,
             const IndexOptions& options)
    : TableElement(element_of(operations::index_of(name, expressions, options))) {}

const detail::Element* Index::on_columns(Characters name, const Names& columns,
                                         const IndexOptions& options) {
  auto index = operations::index_of(name, {}, options);
  index.elements = operations::elements_of(columns);
  return element_of(std::move(index));
}

postgresql::ExcludeConstraint::ExcludeConstraint(
    std::initializer_list<ExcludeElement> elements,
    const ExcludeConstraintOptions& options)
    : TableElement(
          element_of(operations::exclude_of(options.name, elements, options))) {}

TableElements::TableElements() : node_(element_of(detail::ElementList{})) {}

void TableElements::add(const TableElement& element) {
  std::get<detail::ElementList>(node_->value).push_back(element.node());
}

}  // namespace revise
