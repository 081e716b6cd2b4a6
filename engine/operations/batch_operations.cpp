// BatchOperations: each member is that of Operations, given the batch's table and a
// sink that keeps what comes.

#include <revise/batch.hpp>

#include "engine/core/error.hpp"
#include "engine/operations/batch.hpp"
#include "engine/operations/handles.hpp"

namespace revise {

namespace {

Characters borrowed(const std::string& text) {
  return Characters::borrowed(text.data(), text.size());
}

Characters table_of(const operations::BatchSink& sink) {
  return borrowed(sink.batch().table);
}

// Empty is none.
Characters schema_of(const operations::BatchSink& sink) {
  const std::string& schema = sink.batch().schema;
  return schema.empty() ? Characters() : borrowed(schema);
}

CreateIndexOptions with_schema(const BatchCreateIndexOptions& options,
                               Characters schema) {
  return {.schema = schema,
          .unique = options.unique,
          .if_not_exists = options.if_not_exists,
          .quote = options.quote,
          .postgresql_concurrently = options.postgresql_concurrently,
          .postgresql_include = options.postgresql_include,
          .postgresql_nulls_not_distinct = options.postgresql_nulls_not_distinct,
          .postgresql_ops = options.postgresql_ops,
          .postgresql_tablespace = options.postgresql_tablespace,
          .postgresql_using = options.postgresql_using,
          .postgresql_where = options.postgresql_where,
          .postgresql_with = options.postgresql_with,
          .sqlite_where = options.sqlite_where};
}

}  // namespace

using operations::text_of;

Characters BatchOperations::dialect() const { return Operations(sink_).dialect(); }

void BatchOperations::add_column(const Column& column,
                                 const BatchAddColumnOptions& options) {
  sink_.place_next(text_of(options.insert_before), text_of(options.insert_after));
  Operations(sink_).add_column(table_of(sink_), column,
                               {.schema = schema_of(sink_),
                                .if_not_exists = options.if_not_exists,
                                .inline_references = options.inline_references,
                                .inline_primary_key = options.inline_primary_key});
}

void BatchOperations::drop_column(Characters column_name,
                                  const BatchDropColumnOptions& options) {
  Operations(sink_).drop_column(
      table_of(sink_), column_name,
      {.schema = schema_of(sink_), .if_exists = options.if_exists});
}

void BatchOperations::drop_column(const Column& existing,
                                  const BatchDropColumnOptions& options) {
  Operations(sink_).drop_column(
      table_of(sink_), existing,
      {.schema = schema_of(sink_), .if_exists = options.if_exists});
}

void BatchOperations::alter_column(Characters column_name,
                                   const BatchAlterColumnOptions& options) {
  sink_.place_next(text_of(options.insert_before), text_of(options.insert_after));
  Operations(sink_).alter_column(
      table_of(sink_), column_name,
      {.nullable = options.nullable,
       .comment = options.comment,
       .server_default = options.server_default,
       .new_column_name = options.new_column_name,
       .type_ = options.type_,
       .existing_type = options.existing_type,
       .existing_server_default = options.existing_server_default,
       .existing_nullable = options.existing_nullable,
       .existing_comment = options.existing_comment,
       .schema = schema_of(sink_),
       .autoincrement = options.autoincrement,
       .existing_autoincrement = options.existing_autoincrement,
       .postgresql_using = options.postgresql_using});
}

void BatchOperations::create_index(Characters index_name,
                                   std::initializer_list<IndexElement> columns,
                                   const BatchCreateIndexOptions& options) {
  Operations(sink_).create_index(index_name, table_of(sink_), columns,
                                 with_schema(options, schema_of(sink_)));
}

void BatchOperations::create_index_on(Characters index_name, const Names& columns,
                                      const BatchCreateIndexOptions& options) {
  Operations(sink_).create_index(index_name, table_of(sink_),
                                 operations::names_of(columns),
                                 with_schema(options, schema_of(sink_)));
}

void BatchOperations::drop_index(Characters index_name,
                                 const BatchDropIndexOptions& options) {
  Operations(sink_).drop_index(
      index_name, {.table_name = table_of(sink_),
                   .schema = schema_of(sink_),
                   .if_exists = options.if_exists,
                   .postgresql_concurrently = options.postgresql_concurrently});
}

void BatchOperations::drop_index(const Index& existing,
                                 const BatchDropIndexOptions& options) {
  Operations(sink_).drop_index(
      existing, table_of(sink_),
      {.schema = schema_of(sink_),
       .if_exists = options.if_exists,
       .postgresql_concurrently = options.postgresql_concurrently});
}

void BatchOperations::create_primary_key(Characters constraint_name,
                                         const Names& columns,
                                         const BatchCreatePrimaryKeyOptions& options) {
  Operations(sink_).create_primary_key(
      constraint_name, table_of(sink_), columns,
      {.schema = schema_of(sink_),
       .postgresql_include = options.postgresql_include,
       .sqlite_on_conflict = options.sqlite_on_conflict});
}

void BatchOperations::create_unique_constraint(
    Characters constraint_name, const Names& columns,
    const BatchCreateUniqueConstraintOptions& options) {
  Operations(sink_).create_unique_constraint(
      constraint_name, table_of(sink_), columns,
      {.schema = schema_of(sink_),
       .deferrable = options.deferrable,
       .initially = options.initially,
       .postgresql_include = options.postgresql_include,
       .postgresql_nulls_not_distinct = options.postgresql_nulls_not_distinct,
       .sqlite_on_conflict = options.sqlite_on_conflict});
}

void BatchOperations::create_check_constraint(
    Characters constraint_name, TextClause condition,
    const BatchCreateCheckConstraintOptions& options) {
  Operations(sink_).create_check_constraint(
      constraint_name, table_of(sink_), condition,
      {.schema = schema_of(sink_),
       .deferrable = options.deferrable,
       .initially = options.initially,
       .postgresql_not_valid = options.postgresql_not_valid,
       .sqlite_on_conflict = options.sqlite_on_conflict});
}

void BatchOperations::create_foreign_key(Characters constraint_name,
                                         Characters referent_table,
                                         const Names& local_cols,
                                         const Names& remote_cols,
                                         const BatchCreateForeignKeyOptions& options) {
  Operations(sink_).create_foreign_key(
      constraint_name, table_of(sink_), referent_table, local_cols, remote_cols,
      {.onupdate = options.onupdate,
       .ondelete = options.ondelete,
       .deferrable = options.deferrable,
       .initially = options.initially,
       .match = options.match,
       .source_schema = schema_of(sink_),
       .referent_schema = options.referent_schema,
       .postgresql_not_valid = options.postgresql_not_valid});
}

void BatchOperations::create_exclude_constraint(
    Characters constraint_name, std::initializer_list<ExcludeElement> elements,
    const BatchCreateExcludeConstraintOptions& options) {
  Operations(sink_).create_exclude_constraint(constraint_name, table_of(sink_),
                                              elements,
                                              {.where = options.where,
                                               .schema = schema_of(sink_),
                                               .deferrable = options.deferrable,
                                               .initially = options.initially,
                                               .using_ = options.using_,
                                               .ops = options.ops});
}

void BatchOperations::drop_constraint(Characters constraint_name,
                                      const BatchDropConstraintOptions& options) {
  // Alembic's own words.
  if (!constraint_name.is_set()) throw UnitError("Constraint must have a name");
  Operations(sink_).drop_constraint(
      constraint_name, table_of(sink_),
      {.type_ = options.type_, .schema = schema_of(sink_)});
}

void BatchOperations::drop_constraint(Characters constraint_name, Characters type_) {
  drop_constraint(constraint_name, {.type_ = type_});
}

void BatchOperations::drop_constraint(const TableElement& existing) {
  Operations(sink_).drop_constraint(existing, table_of(sink_),
                                    {.schema = schema_of(sink_)});
}

void BatchOperations::create_table_comment(Characters comment,
                                           const BatchTableCommentOptions& options) {
  Operations(sink_).create_table_comment(
      table_of(sink_), comment,
      {.existing_comment = options.existing_comment, .schema = schema_of(sink_)});
}

void BatchOperations::drop_table_comment(const BatchTableCommentOptions& options) {
  Operations(sink_).drop_table_comment(
      table_of(sink_),
      {.existing_comment = options.existing_comment, .schema = schema_of(sink_)});
}

void BatchOperations::execute(TextClause sql) { Operations(sink_).execute(sql); }

void BatchOperations::execute(TextClause sql, Parameters parameters) {
  Operations(sink_).execute(sql, parameters);
}

}  // namespace revise
