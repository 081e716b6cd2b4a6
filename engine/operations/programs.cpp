// The part of Operations that is about views, functions and triggers: what is made of
// a text that the database reads later.

#include <revise/operations.hpp>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/operations/clauses.hpp"
#include "engine/operations/handles.hpp"
#include "engine/operations/sink.hpp"

namespace revise {

using operations::clause_of;
using operations::flag_of;
using operations::named_values_of;
using operations::names_of;
using operations::object_of;
using operations::ObjectKind;
using operations::ObjectOp;
using operations::required_name;
using operations::required_text;
using operations::text_of;
using operations::whole_number_of;
using operations::word_among;

namespace {

operations::CreateViewOp view_of(Characters name, TextClause definition,
                                 const CreateViewOptions& options) {
  return {.name = required_name(name, "a view"),
          .definition = required_text(definition.sql(), "the definition of a view"),
          .schema = text_of(options.schema),
          .or_replace = options.or_replace.is_true(),
          .temporary = options.temporary.is_true(),
          .recursive = options.recursive.is_true(),
          .if_not_exists = options.if_not_exists.is_true(),
          .columns = names_of(options.columns),
          .with = named_values_of(options.with_),
          .check_option =
              word_among(options.check_option, {"local", "cascaded"}, "check_option"),
          .existing_definition = text_of(options.existing_definition)};
}

operations::DropObjectOp routine_drop_of(ObjectKind kind, Characters name,
                                         const DropFunctionOptions& options) {
  operations::DropObjectOp op{
      .object = object_of(kind, name, options.schema),
      .if_exists = options.if_exists.is_true(),
      .cascade = options.cascade.is_true(),
      .existing_definition = text_of(options.existing_definition)};
  op.object.arguments = operations::optional_text_of(options.arguments);
  return op;
}

}  // namespace

void Operations::create_view(Characters name, TextClause definition,
                             const CreateViewOptions& options) {
  sink_.apply(ObjectOp{view_of(name, definition, options)});
}

void Operations::replace_view(Characters name, TextClause definition,
                              const CreateViewOptions& options) {
  auto op = view_of(name, definition, options);
  op.or_replace = true;
  sink_.apply(ObjectOp{std::move(op)});
}

void Operations::create_materialized_view(
    Characters name, TextClause definition,
    const CreateMaterializedViewOptions& options) {
  sink_.apply(ObjectOp{
      operations::CreateMaterializedViewOp{
                                           .name = required_name(name, "a materialized view"),
                                           .definition =
              required_text(definition.sql(), "the definition of a materialized view"),
                                           .schema = text_of(options.schema),
                                           .if_not_exists = options.if_not_exists.is_true(),
                                           .columns = names_of(options.columns),
                                           .using_method = text_of(options.using_),
                                           .with = named_values_of(options.with_),
                                           .tablespace = text_of(options.tablespace),
                                           .with_data = flag_of(options.with_data)}
  });
}

void Operations::refresh_materialized_view(
    Characters name, const RefreshMaterializedViewOptions& options) {
  if (options.concurrently.is_true() && options.with_data.is_false()) {
    throw UnitError("a refresh is 'concurrently' or without data, not both");
  }
  sink_.apply(ObjectOp{
      operations::RefreshMaterializedViewOp{
                                            .name = required_name(name, "a materialized view"),
                                            .schema = text_of(options.schema),
                                            .concurrently = options.concurrently.is_true(),
                                            .with_data = flag_of(options.with_data)}
  });
}

void Operations::create_function(Characters name, Characters body,
                                 const CreateFunctionOptions& options) {
  sink_.apply(ObjectOp{
      operations::CreateRoutineOp{
                                  .kind = ObjectKind::Function,
                                  .name = required_name(name, "a function"),
                                  .body = required_text(body, "the body of a function"),
                                  .schema = text_of(options.schema),
                                  .or_replace = options.or_replace.is_true(),
                                  .arguments = text_of(options.arguments),
                                  .returns = text_of(options.returns),
                                  .language = required_name(options.language, "the language of a function"),
                                  .window = options.window.is_true(),
                                  .volatility = word_among(options.volatility,
                                  {"immutable", "stable", "volatile"}, "volatility"),
                                  .leakproof = options.leakproof.is_true(),
                                  .strict = options.strict.is_true(),
                                  .security = word_among(options.security, {"definer", "invoker"}, "security"),
                                  .parallel = word_among(options.parallel, {"safe", "restricted", "unsafe"},
                                  "parallel"),
                                  .cost = whole_number_of(options.cost),
                                  .rows = whole_number_of(options.rows),
                                  .support = text_of(options.support),
                                  .settings = named_values_of(options.set_),
                                  .existing_definition = text_of(options.existing_definition)}
  });
}

void Operations::drop_function(Characters name, const DropFunctionOptions& options) {
  sink_.apply(ObjectOp{routine_drop_of(ObjectKind::Function, name, options)});
}

void Operations::create_procedure(Characters name, Characters body,
                                  const CreateProcedureOptions& options) {
  sink_.apply(ObjectOp{
      operations::CreateRoutineOp{
                                  .kind = ObjectKind::Procedure,
                                  .name = required_name(name, "a procedure"),
                                  .body = required_text(body, "the body of a procedure"),
                                  .schema = text_of(options.schema),
                                  .or_replace = options.or_replace.is_true(),
                                  .arguments = text_of(options.arguments),
                                  .language = required_name(options.language, "the language of a procedure"),
                                  .security = word_among(options.security, {"definer", "invoker"}, "security"),
                                  .settings = named_values_of(options.set_),
                                  .existing_definition = text_of(options.existing_definition)}
  });
}

void Operations::drop_procedure(Characters name, const DropFunctionOptions& options) {
  sink_.apply(ObjectOp{routine_drop_of(ObjectKind::Procedure, name, options)});
}

void Operations::create_trigger(Characters name, Characters table_name,
                                const CreateTriggerOptions& options) {
  sink_.apply(ObjectOp{
      operations::CreateTriggerOp{
                                  .name = required_name(name, "a trigger"),
                                  .table = operations::table_name_of(table_name),
                                  .schema = text_of(options.schema),
                                  .or_replace = options.or_replace.is_true(),
                                  .temporary = options.temporary.is_true(),
                                  .if_not_exists = options.if_not_exists.is_true(),
                                  .constraint = options.constraint.is_true(),
                                  .timing =
              word_among(options.timing, {"before", "after", "instead of"}, "timing"),
                                  .events = required_text(options.events, "'events' of a trigger"),
                                  .from_table = text_of(options.from_table),
                                  .deferral = operations::deferral_of(options.deferrable, options.initially),
                                  .referencing = text_of(options.referencing),
                                  .for_each = word_among(options.for_each, {"row", "statement"}, "for_each"),
                                  .when = clause_of(options.when.sql()),
                                  .function = text_of(options.function),
                                  .body = text_of(options.body),
                                  .existing_definition = text_of(options.existing_definition)}
  });
}

}  // namespace revise
