/// Columns, constraints and indexes as a unit writes them; names, order and defaults
/// are SQLAlchemy's.
///
/// Handles to nodes in the engine's arena, made out of line: good until the step ends,
/// those made at namespace scope for as long as the program runs.

#pragma once

#include <revise/types.hpp>
#include <revise/value.hpp>

#pragma GCC visibility push(default)

namespace revise {

namespace detail {
template <typename Range>
concept NameRange = requires(const Range& range) {
  Characters(*range.begin());
};
}  // namespace detail

/// A list of names, known when the unit is written or when it runs.
class Names {
 public:
  [[gnu::always_inline]] constexpr Names() {}
  [[gnu::always_inline]] constexpr Names(None) {}
  Names(std::initializer_list<Characters> names);
  template <detail::NameRange Range>
  Names(const Range& range) {
    for (const auto& name : range) add(Characters(name));
  }

  const detail::Element* node() const { return node_; }

 private:
  void add(Characters name);
  detail::Element* node_ = nullptr;
};

/// Names with a value each, such as `{{"fillfactor", 50}}`.
class NamedValues {
 public:
  [[gnu::always_inline]] constexpr NamedValues() {}
  [[gnu::always_inline]] constexpr NamedValues(None) {}
  /// Throws UnitError on NULL and on bytes.
  NamedValues(std::initializer_list<Parameter> values);

  const detail::Element* node() const { return node_; }

 private:
  const detail::Element* node_ = nullptr;
};

/// What an index is on: a column's name, or `text("lower(name)")`.
class IndexElement {
 public:
  [[gnu::always_inline]] constexpr IndexElement(const char* column) : text_(column) {}
  template <detail::TextLike T>
  [[gnu::always_inline]] IndexElement(const T& column) : text_(column) {}
  [[gnu::always_inline]] constexpr IndexElement(TextClause sql)
      : text_(sql.sql()), is_sql_(true) {}

  constexpr Characters text() const { return text_; }
  constexpr bool is_sql() const { return is_sql_; }

 private:
  Characters text_;
  bool is_sql_ = false;
};

/// What `create_table` takes: a column, a constraint or an index.
class TableElement {
 public:
  constexpr const detail::Element* node() const { return node_; }

 protected:
  constexpr explicit TableElement(const detail::Element* node) : node_(node) {}
  const detail::Element* node_;
};

/// What may follow a column's type.
class ColumnElement {
 public:
  constexpr const detail::Element* node() const { return node_; }

 protected:
  [[gnu::always_inline]] constexpr ColumnElement() {}
  constexpr explicit ColumnElement(const detail::Element* node) : node_(node) {}
  const detail::Element* node_ = nullptr;
};

struct ForeignKeyOptions {
  Characters name = {};
  Characters onupdate = {};
  Characters ondelete = {};
  Flag deferrable = {};
  Characters initially = {};
  Characters match = {};
  Flag postgresql_not_valid = {};
};

/// REFERENCES of one column; `column` is "table.column" or "schema.table.column".
class ForeignKey : public ColumnElement {
 public:
  explicit ForeignKey(Characters column, const ForeignKeyOptions& options = {});
};

struct IdentityOptions {
  Flag always = {};
  Flag on_null = {};
  Count start = {};
  Count increment = {};
  Count minvalue = {};
  Count maxvalue = {};
  Flag nominvalue = {};
  Flag nomaxvalue = {};
  Flag cycle = {};
  Count cache = {};
  Flag order = {};
};

/// GENERATED AS IDENTITY.
class Identity : public ColumnElement {
 public:
  Identity();  ///< all as the database likes
  explicit Identity(const IdentityOptions& options);
};

/// An identity, or none: a member of a column's options.
class OptionalIdentity : public ColumnElement {
 public:
  [[gnu::always_inline]] constexpr OptionalIdentity() {}
  [[gnu::always_inline]] constexpr OptionalIdentity(const Identity& identity)
      : ColumnElement(identity) {}
};

struct ComputedOptions {
  Flag persisted = {};
};

/// GENERATED ALWAYS AS (`sqltext`).
class Computed : public ColumnElement {
 public:
  [[gnu::always_inline]] constexpr Computed() {
  }  ///< none, as a member of a column's options
  explicit Computed(TextClause sqltext, const ComputedOptions& options = {});
};

struct CheckConstraintOptions {
  Characters name = {};
  Flag deferrable = {};
  Characters initially = {};
  Flag postgresql_not_valid = {};
  Characters sqlite_on_conflict = {};
};

/// CHECK (`sqltext`), of a table or of a column.
class CheckConstraint : public TableElement {
 public:
  explicit CheckConstraint(TextClause sqltext,
                           const CheckConstraintOptions& options = {});
  operator ColumnElement() const;
};

struct ColumnOptions {
  Flag autoincrement = {};
  Flag index = {};
  Flag unique = {};
  Flag nullable = {};  ///< left alone: true, but for a primary key
  Flag primary_key = {};
  ServerDefault server_default = {};
  Flag quote = {};
  Characters comment = {};
  Computed computed = {};
  OptionalIdentity identity = {};
  Characters sqlite_on_conflict_not_null = {};
  Characters sqlite_on_conflict_primary_key = {};
  Characters sqlite_on_conflict_unique = {};
};

class Column : public TableElement {
 public:
  Column(Characters name, Type type, const ColumnOptions& options = {});
  Column(Characters name, Type type, ColumnElement element,
         const ColumnOptions& options = {});
  Column(Characters name, Type type, ColumnElement first, ColumnElement second,
         const ColumnOptions& options = {});
  Column(Characters name, Type type, ColumnElement first, ColumnElement second,
         ColumnElement third, const ColumnOptions& options = {});
};

struct ForeignKeyConstraintOptions {
  Characters name = {};
  Characters onupdate = {};
  Characters ondelete = {};
  Flag deferrable = {};
  Characters initially = {};
  Characters match = {};
  Flag postgresql_not_valid = {};
};

/// FOREIGN KEY of `columns`; `refcolumns` are "table.column" or "schema.table.column".
class ForeignKeyConstraint : public TableElement {
 public:
  ForeignKeyConstraint(const Names& columns, const Names& refcolumns,
                       const ForeignKeyConstraintOptions& options = {});
};

struct PrimaryKeyConstraintOptions {
  Characters name = {};
  Flag deferrable = {};
  Characters initially = {};
  Names postgresql_include = {};
  Characters sqlite_on_conflict = {};
};

class PrimaryKeyConstraint : public TableElement {
 public:
  explicit PrimaryKeyConstraint(const Names& columns,
                                const PrimaryKeyConstraintOptions& options = {});
};

struct UniqueConstraintOptions {
  Characters name = {};
  Flag deferrable = {};
  Characters initially = {};
  Names postgresql_include = {};
  Flag postgresql_nulls_not_distinct = {};
  Characters sqlite_on_conflict = {};
};

class UniqueConstraint : public TableElement {
 public:
  explicit UniqueConstraint(const Names& columns,
                            const UniqueConstraintOptions& options = {});
};

struct IndexOptions {
  Flag unique = {};
  Flag quote = {};
  Flag postgresql_concurrently = {};
  Names postgresql_include = {};
  Flag postgresql_nulls_not_distinct = {};
  NamedValues postgresql_ops = {};  ///< operator classes of columns
  Characters postgresql_tablespace = {};
  Characters postgresql_using = {};
  TextClause postgresql_where = {};
  NamedValues postgresql_with = {};  ///< storage parameters
  TextClause sqlite_where = {};
};

class Index : public TableElement {
 public:
  Index(Characters name, std::initializer_list<IndexElement> expressions,
        const IndexOptions& options = {});
  /// On columns whose names are known when the unit runs.
  template <detail::NameRange Range>
  Index(Characters name, const Range& columns, const IndexOptions& options = {})
      : TableElement(on_columns(name, Names(columns), options)) {}

 private:
  static const detail::Element* on_columns(Characters name, const Names& columns,
                                           const IndexOptions& options);
};

/// One part of an EXCLUDE: a column's name or `text("…")`, and its operator.
struct ExcludeElement {
  IndexElement column;
  Characters op;
};

namespace postgresql {

struct ExcludeConstraintOptions {
  Characters name = {};
  Flag deferrable = {};
  Characters initially = {};
  Characters using_ = {};  ///< left alone: gist
  TextClause where = {};
  NamedValues ops = {};  ///< operator classes of columns
};

/// EXCLUDE USING gist (room WITH =, during WITH &&); PostgreSQL alone has such.
class ExcludeConstraint : public TableElement {
 public:
  explicit ExcludeConstraint(std::initializer_list<ExcludeElement> elements,
                             const ExcludeConstraintOptions& options = {});
};

}  // namespace postgresql

/// The elements of a table, where they are known at run time only.
class TableElements {
 public:
  TableElements();
  void add(const TableElement& element);
  const detail::Element* node() const { return node_; }

 private:
  detail::Element* node_;
};

struct MetaDataOptions {
  NamedValues naming_convention = {};
};

/// What holds for all tables: how constraints and indexes without a name are named,
/// `{{"uq", "uq_%(table_name)s_%(column_0_name)s"}}`. The keys are ix, uq, ck, fk and
/// pk, the tokens SQLAlchemy's.
class MetaData {
 public:
  [[gnu::always_inline]] constexpr MetaData() {}
  explicit MetaData(const MetaDataOptions& options)
      : naming_convention_(options.naming_convention) {}

  const NamedValues& naming_convention() const { return naming_convention_; }

 private:
  NamedValues naming_convention_;
};

}  // namespace revise

#pragma GCC visibility pop
