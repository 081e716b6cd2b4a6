// The part of Operations that is about constraints and comments.

#include <revise/operations.hpp>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/operations/handles.hpp"
#include "engine/operations/reverse.hpp"
#include "engine/operations/sink.hpp"

namespace revise {

using operations::clause_of;
using operations::deferral_of;
using operations::names_of;
using operations::table_name_of;
using operations::text_of;

namespace {

operations::AddConstraintOp constraint_op(schema::Constraint constraint,
                                          Characters table, Characters schema,
                                          const schema::Naming& naming) {
  operations::AddConstraintOp op{.table = table_name_of(table),
                                 .constraint = std::move(constraint),
                                 .schema = text_of(schema)};
  schema::apply_naming(op.constraint, {.name = op.table, .schema = op.schema}, naming);
  return op;
}

void require_type(const std::string& type) {
  if (type.empty() || type == "foreignkey" || type == "primary" || type == "unique" ||
      type == "check") {
    return;
  }
  throw UnitError(
      "'type_' is one of 'foreignkey', 'primary', 'unique' and 'check', not " +
      quoted(type));
}

// The key of a naming convention for what drop_constraint calls a type.
const char* kind_of(const std::string& type) {
  if (type == "foreignkey") return "fk";
  if (type == "primary") return "pk";
  if (type == "unique") return "uq";
  return type == "check" ? "ck" : "";
}

/// What a handle holds that is a constraint; none of a column or an index.
struct ConstraintIn {
  using Found = std::optional<schema::Constraint>;

  Found operator()(const schema::PrimaryKeyConstraint& key) const { return key; }
  Found operator()(const schema::UniqueConstraint& key) const { return key; }
  Found operator()(const schema::CheckConstraint& check) const { return check; }
  Found operator()(const schema::ForeignKeyConstraint& key) const { return key; }
  Found operator()(const schema::ExcludeConstraint& exclude) const { return exclude; }
  Found operator()(const auto&) const { return std::nullopt; }
};

}  // namespace

void Operations::create_primary_key(Characters constraint_name, Characters table_name,
                                    const Names& columns,
                                    const CreatePrimaryKeyOptions& options) {
  schema::PrimaryKeyConstraint key{
      .name = text_of(constraint_name),
      .name_is_final = constraint_name.is_final_name(),
      .columns = names_of(columns),
      .postgresql_include = names_of(options.postgresql_include),
      .sqlite_on_conflict = text_of(options.sqlite_on_conflict)};
  sink_.apply(
      constraint_op(std::move(key), table_name, options.schema, sink_.naming()));
}

void Operations::create_unique_constraint(
    Characters constraint_name, Characters table_name, const Names& columns,
    const CreateUniqueConstraintOptions& options) {
  schema::UniqueConstraint key{
      .name = text_of(constraint_name),
      .name_is_final = constraint_name.is_final_name(),
      .columns = names_of(columns),
      .deferral = deferral_of(options.deferrable, options.initially),
      .postgresql_include = names_of(options.postgresql_include),
      .postgresql_nulls_not_distinct = options.postgresql_nulls_not_distinct.is_true(),
      .sqlite_on_conflict = text_of(options.sqlite_on_conflict)};
  sink_.apply(
      constraint_op(std::move(key), table_name, options.schema, sink_.naming()));
}

void Operations::create_check_constraint(Characters constraint_name,
                                         Characters table_name, TextClause condition,
                                         const CreateCheckConstraintOptions& options) {
  schema::CheckConstraint check{
      .name = text_of(constraint_name),
      .name_is_final = constraint_name.is_final_name(),
      .sqltext = clause_of(condition.sql()),
      .deferral = deferral_of(options.deferrable, options.initially),
      .postgresql_not_valid = options.postgresql_not_valid.is_true(),
      .sqlite_on_conflict = text_of(options.sqlite_on_conflict)};
  sink_.apply(
      constraint_op(std::move(check), table_name, options.schema, sink_.naming()));
}

void Operations::create_foreign_key(Characters constraint_name, Characters source_table,
                                    Characters referent_table, const Names& local_cols,
                                    const Names& remote_cols,
                                    const CreateForeignKeyOptions& options) {
  schema::ForeignKeyConstraint key{
      .name = text_of(constraint_name),
      .name_is_final = constraint_name.is_final_name(),
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
  sink_.apply(constraint_op(std::move(key), source_table, options.source_schema,
                            sink_.naming()));
}

void Operations::create_exclude_constraint(
    Characters constraint_name, Characters table_name,
    std::initializer_list<ExcludeElement> elements,
    const CreateExcludeConstraintOptions& options) {
  sink_.apply(constraint_op(operations::exclude_of(constraint_name, elements, options),
                            table_name, options.schema, sink_.naming()));
}

void Operations::drop_constraint(Characters constraint_name, Characters table_name,
                                 const DropConstraintOptions& options) {
  const std::string type = text_of(options.type_);
  require_type(type);
  operations::DropConstraintOp op{
      .table = table_name_of(table_name),
      .constraint = operations::required_name(constraint_name, "a constraint"),
      .type = type,
      .schema = text_of(options.schema),
      .if_exists = options.if_exists.is_true()};
  if (!constraint_name.is_final_name()) {
    op.constraint = schema::name_by_convention(op.constraint, kind_of(type),
                                               {.name = op.table, .schema = op.schema},
                                               sink_.naming());
  }
  sink_.apply(std::move(op));
}

void Operations::drop_constraint(Characters constraint_name, Characters table_name,
                                 Characters type_,
                                 const DropConstraintOptions& options) {
  DropConstraintOptions with_type = options;
  with_type.type_ = type_;
  drop_constraint(constraint_name, table_name, with_type);
}

void Operations::drop_constraint(const TableElement& existing, Characters table_name,
                                 const DropConstraintOptions& options) {
  auto constraint = std::visit(ConstraintIn{}, existing.node()->value);
  if (!constraint.has_value()) {
    throw UnitError("drop_constraint takes a constraint, not a column or an index");
  }
  auto added =
      constraint_op(std::move(*constraint), table_name, options.schema, sink_.naming());
  const std::string name =
      std::visit([](const auto& named) { return named.name; }, added.constraint);
  if (name.empty()) throw UnitError("a constraint needs a name");
  sink_.apply(operations::DropConstraintOp{
      .table = added.table,
      .constraint = name,
      .type = operations::type_of_constraint(added.constraint),
      .schema = added.schema,
      .if_exists = options.if_exists.is_true(),
      .existing = added.constraint});
}

void Operations::validate_constraint(Characters constraint_name, Characters table_name,
                                     const ValidateConstraintOptions& options) {
  sink_.apply(operations::ValidateConstraintOp{
      .table = table_name_of(table_name),
      .constraint = operations::required_name(constraint_name, "a constraint"),
      .schema = text_of(options.schema)});
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
