// From what a unit calls to values for the sink. Checked here is what no database
// needs to be known for.

#include <algorithm>
#include <revise/operations.hpp>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/operations/handles.hpp"
#include "engine/operations/sink.hpp"
#include "engine/operations/table_builder.hpp"
#include "engine/operations/type_handles.hpp"

namespace revise {

namespace {

using operations::Change;
using operations::default_of;
using operations::flag_of;
using operations::names_of;
using operations::required_name;
using operations::table_name_of;
using operations::text_of;

schema::TableOptions table_options_of(const CreateTableOptions& options) {
  return {.prefixes = names_of(options.prefixes),
          .postgresql_inherits = names_of(options.postgresql_inherits),
          .postgresql_on_commit = text_of(options.postgresql_on_commit),
          .postgresql_partition_by = text_of(options.postgresql_partition_by),
          .postgresql_tablespace = text_of(options.postgresql_tablespace),
          .postgresql_using = text_of(options.postgresql_using),
          .sqlite_autoincrement = options.sqlite_autoincrement.is_true(),
          .sqlite_strict = options.sqlite_strict.is_true(),
          .sqlite_with_rowid = flag_of(options.sqlite_with_rowid)};
}

operations::CreateTableOp create_table_op(Characters name,
                                          const detail::ElementList& elements,
                                          const CreateTableOptions& options,
                                          const schema::Naming& naming) {
  operations::CreateTableOp op{
      .table = operations::table_of(table_name_of(name), elements),
      .if_not_exists = options.if_not_exists.is_true()};
  op.table.schema = text_of(options.schema);
  op.table.comment = text_of(options.comment);
  op.table.options = table_options_of(options);
  for (auto& column : op.table.columns) {
    operations::inherit_schema(column, op.table.schema);
  }
  schema::apply_naming(op.table, naming);
  return op;
}

detail::ElementList list_of(std::initializer_list<TableElement> elements) {
  detail::ElementList list;
  for (const TableElement& element : elements) list.push_back(element.node());
  return list;
}

// As the only column of its table, which is all that is known of that.
schema::Column named(schema::Column column, Characters table, Characters schema,
                     const schema::Naming& naming) {
  schema::Table only{.name = table_name_of(table),
                     .schema = text_of(schema),
                     .columns = {std::move(column)}};
  schema::apply_naming(only, naming);
  return std::move(only.columns[0]);
}

const schema::Column& column_of(const Column& column) {
  return std::get<schema::Column>(column.node()->value);
}

schema::Table table_named(Characters table, Characters schema) {
  return {.name = table_name_of(table), .schema = text_of(schema)};
}

schema::Index named(schema::Index index, const schema::Table& table,
                    const schema::Naming& naming) {
  const auto is_name = [](const auto& element) {
    return std::holds_alternative<std::string>(element);
  };
  if (index.name.empty() &&
      std::none_of(index.elements.begin(), index.elements.end(), is_name)) {
    throw UnitError("an index needs a name");
  }
  schema::apply_naming(index, table, naming);
  return index;
}

// A type's CHECK bears the type's name, or one that the convention makes of it.
std::string type_check_name(const std::optional<schema::Type>& type,
                            const operations::AlterColumnOp& op,
                            const schema::Naming& naming) {
  if (!type.has_value()) return {};
  schema::Table only{.name = op.table,
                     .schema = op.schema,
                     .columns = {{.name = op.column, .type = *type}}};
  schema::apply_naming(only, naming);
  return only.columns[0].type_check_name;
}

Change<std::string> change_of(const OptionalText& given) {
  if (!given.is_set()) return std::nullopt;
  if (given.is_none()) return Change<std::string>(std::in_place, std::nullopt);
  return text_of(given.text());
}

Change<schema::GeneratedDefault> change_of(const ServerDefault& given) {
  if (given.kind() == ServerDefault::Kind::Unset) return std::nullopt;
  return Change<schema::GeneratedDefault>(std::in_place, default_of(given));
}

std::optional<schema::Type> optional_type_of(Type type) {
  if (!type.is_set()) return std::nullopt;
  return operations::type_of(type);
}

std::string statement_of(TextClause sql) {
  std::string statement = text_of(sql.sql());
  if (strip(statement).empty()) throw UnitError("there is no statement to execute");
  return statement;
}

}  // namespace

Characters Operations::dialect() const {
  const std::string_view name = sink_.dialect();
  return Characters::borrowed(name.data(), name.size());
}

void Operations::create_table(Characters table_name,
                              std::initializer_list<TableElement> elements,
                              const CreateTableOptions& options) {
  sink_.apply(create_table_op(table_name, list_of(elements), options, sink_.naming()));
}

void Operations::create_table(Characters table_name, const TableElements& elements,
                              const CreateTableOptions& options) {
  const auto& list = std::get<detail::ElementList>(elements.node()->value);
  sink_.apply(create_table_op(table_name, list, options, sink_.naming()));
}

void Operations::drop_table(Characters table_name, const DropTableOptions& options) {
  sink_.apply(operations::DropTableOp{.table = table_name_of(table_name),
                                      .schema = text_of(options.schema),
                                      .if_exists = options.if_exists.is_true()});
}

void Operations::drop_table(Characters table_name,
                            std::initializer_list<TableElement> existing,
                            const DropTableOptions& options) {
  operations::DropTableOp op{.table = table_name_of(table_name),
                             .schema = text_of(options.schema),
                             .if_exists = options.if_exists.is_true()};
  if (existing.size() > 0) {
    op.existing = create_table_op(table_name, list_of(existing),
                                  {.schema = options.schema}, sink_.naming())
                      .table;
  }
  sink_.apply(std::move(op));
}

void Operations::rename_table(Characters old_table_name, Characters new_table_name,
                              const RenameTableOptions& options) {
  sink_.apply(operations::RenameTableOp{.table = table_name_of(old_table_name),
                                        .new_table = table_name_of(new_table_name),
                                        .schema = text_of(options.schema)});
}

void Operations::add_column(Characters table_name, const Column& column,
                            const AddColumnOptions& options) {
  operations::AddColumnOp op{
      .table = table_name_of(table_name),
      .column = named(column_of(column), table_name, options.schema, sink_.naming()),
      .schema = text_of(options.schema),
      .if_not_exists = options.if_not_exists.is_true(),
      .inline_references = options.inline_references.is_true(),
      .inline_primary_key = options.inline_primary_key.is_true()};
  operations::inherit_schema(op.column, op.schema);
  sink_.apply(std::move(op));
}

void Operations::drop_column(Characters table_name, Characters column_name,
                             const DropColumnOptions& options) {
  sink_.apply(operations::DropColumnOp{.table = table_name_of(table_name),
                                       .column = required_name(column_name, "a column"),
                                       .schema = text_of(options.schema),
                                       .if_exists = options.if_exists.is_true()});
}

void Operations::drop_column(Characters table_name, const Column& existing,
                             const DropColumnOptions& options) {
  operations::DropColumnOp op{.table = table_name_of(table_name),
                              .column = column_of(existing).name,
                              .schema = text_of(options.schema),
                              .if_exists = options.if_exists.is_true(),
                              .existing = named(column_of(existing), table_name,
                                                options.schema, sink_.naming())};
  sink_.apply(std::move(op));
}

void Operations::alter_column(Characters table_name, Characters column_name,
                              const AlterColumnOptions& options) {
  // SQLAlchemy's own words.
  if (options.postgresql_using.is_set() && !options.type_.is_set()) {
    throw UnitError("postgresql_using must be used with the type_ parameter");
  }
  operations::AlterColumnOp op{
      .table = table_name_of(table_name),
      .column = required_name(column_name, "a column"),
      .schema = text_of(options.schema),
      .nullable = flag_of(options.nullable),
      .comment = change_of(options.comment),
      .server_default = change_of(options.server_default),
      .new_column_name = text_of(options.new_column_name),
      .type = optional_type_of(options.type_),
      .existing_type = optional_type_of(options.existing_type),
      .existing_server_default = change_of(options.existing_server_default),
      .existing_nullable = flag_of(options.existing_nullable),
      .existing_comment = change_of(options.existing_comment),
      .postgresql_using = text_of(options.postgresql_using)};
  op.type_check_name = type_check_name(op.type, op, sink_.naming());
  op.existing_type_check_name = type_check_name(op.existing_type, op, sink_.naming());
  sink_.apply(std::move(op));
}

void Operations::create_index(Characters index_name, Characters table_name,
                              std::initializer_list<IndexElement> columns,
                              const CreateIndexOptions& options) {
  sink_.apply(operations::CreateIndexOp{
      .table = table_name_of(table_name),
      .index = named(operations::index_of(index_name, columns, options),
                     table_named(table_name, options.schema), sink_.naming()),
      .schema = text_of(options.schema),
      .if_not_exists = options.if_not_exists.is_true()});
}

void Operations::create_index_on(Characters index_name, Characters table_name,
                                 const Names& columns,
                                 const CreateIndexOptions& options) {
  auto index = operations::index_of(index_name, {}, options);
  index.elements = operations::elements_of(columns);
  sink_.apply(operations::CreateIndexOp{
      .table = table_name_of(table_name),
      .index = named(std::move(index), table_named(table_name, options.schema),
                     sink_.naming()),
      .schema = text_of(options.schema),
      .if_not_exists = options.if_not_exists.is_true()});
}

void Operations::drop_index(Characters index_name, const DropIndexOptions& options) {
  std::string name = required_name(index_name, "an index");
  if (!index_name.is_final_name() && options.table_name.is_set()) {
    name = schema::name_by_convention(
        name, "ix", table_named(options.table_name, options.schema), sink_.naming());
  }
  sink_.apply(operations::DropIndexOp{
      .index = std::move(name),
      .table = text_of(options.table_name),
      .schema = text_of(options.schema),
      .if_exists = options.if_exists.is_true(),
      .postgresql_concurrently = options.postgresql_concurrently.is_true()});
}

void Operations::drop_index(Characters index_name, Characters table_name,
                            const DropIndexOptions& options) {
  DropIndexOptions with_table = options;
  with_table.table_name = table_name;
  drop_index(index_name, with_table);
}

void Operations::drop_index(const Index& existing, Characters table_name,
                            const DropIndexOptions& options) {
  auto index = named(std::get<schema::Index>(existing.node()->value),
                     table_named(table_name, options.schema), sink_.naming());
  const bool is_concurrent =
      options.postgresql_concurrently.is_true() || index.postgresql_concurrently;
  sink_.apply(operations::DropIndexOp{.index = index.name,
                                      .table = text_of(table_name),
                                      .schema = text_of(options.schema),
                                      .if_exists = options.if_exists.is_true(),
                                      .postgresql_concurrently = is_concurrent,
                                      .existing = index});
}

void Operations::execute(TextClause sql) {
  sink_.apply(operations::ExecuteOp{.sql = statement_of(sql)});
}

void Operations::execute(TextClause sql, Parameters parameters) {
  sink_.apply(operations::ExecuteOp{
      .sql = statement_of(sql),
      .parameters = operations::parameters_of(parameters, sink_.dialect())});
}

void Operations::run_autocommit_block(void (*body)(const void*), const void* called,
                                      const AutocommitOptions& options) {
  operations::run_in_block(sink_,
                           options.after_changes.is_true()
                               ? operations::AutocommitPlace::AfterChanges
                               : operations::AutocommitPlace::First,
                           [&] { body(called); });
}

}  // namespace revise
