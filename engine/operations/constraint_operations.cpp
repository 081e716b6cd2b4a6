// The part of Operations that is about constraints and comments.

#include <revise/operations.hpp>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/operations/handles.hpp"
#include "engine/operations/sink.hpp"

namespace revise {

using operations::deferral_of;
using operations::names_of;
using operations::table_name_of;
using operations::text_of;

void Operations::create_primary_key(Characters constraint_name, Characters table_name,
                                    const Names& columns,
                                    const CreatePrimaryKeyOptions& options) {
  sink_.apply(operations::AddConstraintOp{
      .table = table_name_of(table_name),
      .constraint = schema::PrimaryKeyConstraint{.name = text_of(constraint_name),
                                                 .columns = names_of(columns)},
      .schema = text_of(options.schema)
  });
}

void Operations::create_unique_constraint(
    Characters constraint_name, Characters table_name, const Names& columns,
    const CreateUniqueConstraintOptions& options) {
  sink_.apply(operations::AddConstraintOp{
      .table = table_name_of(table_name),
      .constraint =
          schema::UniqueConstraint{
                                   .name = text_of(constraint_name),
                                   .columns = names_of(columns),
                                   .deferral = deferral_of(options.deferrable, options.initially),
                                   .postgresql_include = names_of(options.postgresql_include),
                                   .postgresql_nulls_not_distinct =
                  options.postgresql_nulls_not_distinct.is_true()},
      .schema = text_of(options.schema)
  });
}

void Operations::create_check_constraint(Characters constraint_name,
                                         Characters table_name, TextClause condition,
                                         const CreateCheckConstraintOptions& options) {
  sink_.apply(operations::AddConstraintOp{
      .table = table_name_of(table_name),
      .constraint =
          schema::CheckConstraint{
                                  .name = text_of(constraint_name),
                                  .sqltext = text_of(condition.sql()),
                                  .deferral = deferral_of(options.deferrable, options.initially),
                                  .postgresql_not_valid = options.postgresql_not_valid.is_true()},
      .schema = text_of(options.schema)
  });
}

void Operations::create_foreign_key(Characters constraint_name, Characters source_table,
                                    Characters referent_table, const Names& local_cols,
                                    const Names& remote_cols,
                                    const CreateForeignKeyOptions& options) {
  schema::ForeignKeyConstraint key{
      .name = text_of(constraint_name),
      .columns = names_of(local_cols),
      .referent_schema = text_of(options.referent_schema),
      .referent_table = table_name_of(referent_table),
      .referent_columns = names_of(remote_cols),
      .onupdate = text_of(options.onupdate),
      .ondelete = text_of(options.ondelete),
      .deferral = deferral_of(options.deferrable, options.initially),
      .match = text_of(options.match),
      .postgresql_not_valid = options.postgresql_not_valid.is_true()};
  if (key.columns.empty() || key.columns.size() != key.referent_columns.size()) {
    throw UnitError("a foreign key needs as many local columns as remote ones");
  }
  sink_.apply(operations::AddConstraintOp{.table = table_name_of(source_table),
                                          .constraint = std::move(key),
                                          .schema = text_of(options.source_schema)});
}

void Operations::drop_constraint(Characters constraint_name, Characters table_name,
                                 const DropConstraintOptions& options) {
  const std::string type = text_of(options.type_);
  if (!type.empty() && type != "foreignkey" && type != "primary" && type != "unique" &&
      type != "check") {
    throw UnitError(
        "'type_' is one of 'foreignkey', 'primary', 'unique' and 'check', not " +
        quoted(type));
  }
  sink_.apply(operations::DropConstraintOp{
      .table = table_name_of(table_name),
      .constraint = operations::required_name(constraint_name, "a constraint"),
      .type = type,
      .schema = text_of(options.schema),
      .if_exists = options.if_exists.is_true()});
}

void Operations::create_table_comment(Characters table_name, Characters comment,
                                      const TableCommentOptions& options) {
  sink_.apply(operations::TableCommentOp{
      .table = table_name_of(table_name),
      .comment = text_of(comment),
      .existing_comment = operations::optional_text_of(options.existing_comment.text()),
      .schema = text_of(options.schema)});
}

void Operations::drop_table_comment(Characters table_name,
                                    const TableCommentOptions& options) {
  sink_.apply(operations::TableCommentOp{
      .table = table_name_of(table_name),
      .existing_comment = operations::optional_text_of(options.existing_comment.text()),
      .schema = text_of(options.schema)});
}

}  // namespace revise
