// From what a unit calls to values for the sink. Checked here is what no database
// needs to be known for.

#include <revise/operations.hpp>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/operations/handles.hpp"
#include "engine/operations/sink.hpp"
#include "engine/operations/table_builder.hpp"

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
                                          const CreateTableOptions& options) {
  operations::CreateTableOp op{
      .table = operations::table_of(table_name_of(name), elements),
      .if_not_exists = options.if_not_exists.is_true()};
  op.table.schema = text_of(options.schema);
  op.table.comment = text_of(options.comment);
  op.table.options = table_options_of(options);
  return op;
}

Change<std::string> change_of(const OptionalText& given) {
  if (!given.is_set()) return std::nullopt;
  if (given.is_none()) return Change<std::string>(std::in_place, std::nullopt);
  return text_of(given.text());
}

Change<schema::ServerDefault> change_of(const ServerDefault& given) {
  if (given.kind() == ServerDefault::Kind::Unset) return std::nullopt;
  return Change<schema::ServerDefault>(std::in_place, default_of(given));
}

std::optional<schema::Type> optional_type_of(Type type) {
  if (!type.is_set()) return std::nullopt;
  return operations::type_of(type);
}

std::vector<operations::NamedValue> named_values_of(Parameters parameters) {
  std::vector<operations::NamedValue> values;
  values.reserve(parameters.size());
  for (const Parameter& parameter : parameters) {
    std::string name = required_name(parameter.name, "a parameter");
    for (const operations::NamedValue& other : values) {
      if (other.name == name) {
        throw UnitError("parameter " + quoted(name) + " is given twice");
      }
    }
    values.push_back({std::move(name), operations::value_of(parameter.value)});
  }
  return values;
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
  detail::ElementList list;
  for (const TableElement& element : elements) list.push_back(element.node());
  sink_.apply(create_table_op(table_name, list, options));
}

void Operations::create_table(Characters table_name, const TableElements& elements,
                              const CreateTableOptions& options) {
  const auto& list = std::get<detail::ElementList>(elements.node()->value);
  sink_.apply(create_table_op(table_name, list, options));
}

void Operations::drop_table(Characters table_name, const DropTableOptions& options) {
  sink_.apply(operations::DropTableOp{.table = table_name_of(table_name),
                                      .schema = text_of(options.schema),
                                      .if_exists = options.if_exists.is_true()});
}

void Operations::rename_table(Characters old_table_name, Characters new_table_name,
                              const RenameTableOptions& options) {
  sink_.apply(operations::RenameTableOp{.table = table_name_of(old_table_name),
                                        .new_table = table_name_of(new_table_name),
                                        .schema = text_of(options.schema)});
}

void Operations::add_column(Characters table_name, const Column& column,
                            const AddColumnOptions& options) {
  sink_.apply(operations::AddColumnOp{
      .table = table_name_of(table_name),
      .column = std::get<schema::Column>(column.node()->value),
      .schema = text_of(options.schema),
      .if_not_exists = options.if_not_exists.is_true(),
      .inline_references = options.inline_references.is_true(),
      .inline_primary_key = options.inline_primary_key.is_true()});
}

void Operations::drop_column(Characters table_name, Characters column_name,
                             const DropColumnOptions& options) {
  sink_.apply(operations::DropColumnOp{.table = table_name_of(table_name),
                                       .column = required_name(column_name, "a column"),
                                       .schema = text_of(options.schema),
                                       .if_exists = options.if_exists.is_true()});
}

void Operations::alter_column(Characters table_name, Characters column_name,
                              const AlterColumnOptions& options) {
  // SQLAlchemy's own words.
  if (options.postgresql_using.is_set() && !options.type_.is_set()) {
    throw UnitError("postgresql_using must be used with the type_ parameter");
  }
  sink_.apply(operations::AlterColumnOp{
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
      .postgresql_using = text_of(options.postgresql_using)});
}

void Operations::create_index(Characters index_name, Characters table_name,
                              std::initializer_list<IndexElement> columns,
                              const CreateIndexOptions& options) {
  sink_.apply(operations::CreateIndexOp{
      .table = table_name_of(table_name),
      .index =
          operations::index_of(required_name(index_name, "an index"), columns, options),
      .schema = text_of(options.schema),
      .if_not_exists = options.if_not_exists.is_true()});
}

void Operations::drop_index(Characters index_name, const DropIndexOptions& options) {
  sink_.apply(operations::DropIndexOp{
      .index = required_name(index_name, "an index"),
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

void Operations::execute(TextClause sql) {
  sink_.apply(operations::ExecuteOp{.sql = statement_of(sql)});
}

void Operations::execute(TextClause sql, Parameters parameters) {
  sink_.apply(operations::ExecuteOp{.sql = statement_of(sql),
                                    .parameters = named_values_of(parameters)});
}

void Operations::run_autocommit_block(void (*body)(const void*), const void* called,
                                      const AutocommitOptions& options) {
  sink_.begin_autocommit_block(options.after_changes.is_true()
                                   ? operations::AutocommitPlace::AfterChanges
                                   : operations::AutocommitPlace::First);
  body(called);
  sink_.end_autocommit_block();
}

}  // namespace revise
