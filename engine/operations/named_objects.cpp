// The part of Operations that is about types, sequences, schemas and extensions.

#include <revise/operations.hpp>
#include <set>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/operations/clauses.hpp"
#include "engine/operations/handles.hpp"
#include "engine/operations/sink.hpp"
#include "engine/operations/type_handles.hpp"

namespace revise {

using operations::flag_of;
using operations::names_of;
using operations::object_of;
using operations::ObjectKind;
using operations::ObjectOp;
using operations::required_name;
using operations::text_of;
using operations::whole_number_of;

namespace {

operations::DropObjectOp drop_of(ObjectKind kind, Characters name,
                                 const DropObjectOptions& options) {
  return {.object = object_of(kind, name, options.schema),
          .if_exists = options.if_exists.is_true(),
          .cascade = options.cascade.is_true(),
          .existing_definition = text_of(options.existing_definition)};
}

// What stands in no schema itself.
operations::DropObjectOp drop_of_global(ObjectKind kind, Characters name,
                                        const DropObjectOptions& options) {
  if (options.schema.is_set()) {
    throw UnitError("a " + lower(operations::word_of(kind)) +
                    " is in no schema; leave 'schema' out");
  }
  return drop_of(kind, name, options);
}

operations::RenameObjectOp rename_of(ObjectKind kind, Characters old_name,
                                     Characters new_name, Characters schema) {
  return {.object = object_of(kind, old_name, schema),
          .new_name = required_name(new_name, "what is renamed")};
}

// What both statements have.
template <typename Options>
operations::SequenceOptions sequence_of(const Options& options) {
  operations::SequenceOptions sequence{.start = whole_number_of(options.start),
                                       .increment = whole_number_of(options.increment),
                                       .minvalue = whole_number_of(options.minvalue),
                                       .maxvalue = whole_number_of(options.maxvalue),
                                       .nominvalue = options.nominvalue.is_true(),
                                       .nomaxvalue = options.nomaxvalue.is_true(),
                                       .cycle = flag_of(options.cycle),
                                       .cache = whole_number_of(options.cache),
                                       .owned_by = text_of(options.owned_by)};
  if (options.data_type.is_set()) {
    sequence.data_type = operations::type_of(options.data_type);
  }
  return sequence;
}

std::vector<std::string> enum_values_of(const Names& names, const std::string& type) {
  auto values = names_of(names);
  if (values.empty()) {
    throw UnitError("the enum " + quoted(type) + " needs at least one value");
  }
  std::set<std::string> seen;
  for (const auto& value : values) {
    if (!seen.insert(value).second) {
      throw UnitError("the enum " + quoted(type) + " has the value " + quoted(value) +
                      " twice");
    }
  }
  return values;
}

}  // namespace

void Operations::create_enum(Characters name, const Names& values,
                             const CreateEnumOptions& options) {
  operations::CreateEnumOp op{.name = required_name(name, "an enum"),
                              .schema = text_of(options.schema),
                              .checkfirst = flag_of(options.checkfirst)};
  op.values = enum_values_of(values, op.name);
  sink_.apply(ObjectOp{std::move(op)});
}

void Operations::drop_enum(Characters name, const DropEnumOptions& options) {
  sink_.apply(ObjectOp{
      operations::DropEnumOp{.name = required_name(name, "an enum"),
                             .schema = text_of(options.schema),
                             .checkfirst = flag_of(options.checkfirst),
                             .existing_values = names_of(options.existing_values)}
  });
}

void Operations::add_enum_value(Characters name, Characters value,
                                const AddEnumValueOptions& options) {
  if (options.if_not_exists.is_false()) {
    throw UnitError(
        "a value is always added if it does not exist: what runs outside a transaction "
        "must bear being run again; leave 'if_not_exists' out");
  }
  if (options.before.is_set() && options.after.is_set()) {
    throw UnitError("a value stands 'before' another or 'after' one, not both");
  }
  sink_.apply(ObjectOp{
      operations::AddEnumValueOp{.name = required_name(name, "an enum"),
                                 .value = text_of(value),
                                 .schema = text_of(options.schema),
                                 .before = text_of(options.before),
                                 .after = text_of(options.after),
                                 .after_changes = options.after_changes.is_true()}
  });
}

void Operations::rename_enum_value(Characters name, Characters old_value,
                                   Characters new_value,
                                   const RenameEnumValueOptions& options) {
  sink_.apply(ObjectOp{
      operations::RenameEnumValueOp{.name = required_name(name, "an enum"),
                                    .old_value = text_of(old_value),
                                    .new_value = text_of(new_value),
                                    .schema = text_of(options.schema)}
  });
}

void Operations::create_domain(Characters name, Type data_type,
                               const postgresql::DomainOptions& options) {
  sink_.apply(ObjectOp{
      operations::CreateDomainOp{operations::domain_of(name, data_type, options)}});
}

void Operations::drop_domain(Characters name, const DropObjectOptions& options) {
  sink_.apply(ObjectOp{drop_of(ObjectKind::Domain, name, options)});
}

void Operations::create_type(Characters name,
                             std::initializer_list<TableElement> attributes,
                             const CreateTypeOptions& options) {
  operations::CreateCompositeTypeOp op{.name = required_name(name, "a type"),
                                       .schema = text_of(options.schema)};
  for (const TableElement& attribute : attributes) {
    const auto* column = std::get_if<schema::Column>(&attribute.node()->value);
    if (column == nullptr) {
      throw UnitError("the type " + quoted(op.name) + " is made of columns alone");
    }
    op.attributes.push_back(*column);
  }
  sink_.apply(ObjectOp{std::move(op)});
}

void Operations::create_range_type(Characters name, Type subtype,
                                   const CreateRangeTypeOptions& options) {
  sink_.apply(ObjectOp{
      operations::CreateRangeTypeOp{
                                    .name = required_name(name, "a range type"),
                                    .subtype = operations::type_of(subtype),
                                    .schema = text_of(options.schema),
                                    .subtype_opclass = text_of(options.subtype_opclass),
                                    .collation = text_of(options.collation),
                                    .canonical = text_of(options.canonical),
                                    .subtype_diff = text_of(options.subtype_diff),
                                    .multirange_type_name = text_of(options.multirange_type_name)}
  });
}

void Operations::drop_type(Characters name, const DropObjectOptions& options) {
  sink_.apply(ObjectOp{drop_of(ObjectKind::Type, name, options)});
}

void Operations::rename_type(Characters old_name, Characters new_name,
                             const RenameObjectOptions& options) {
  sink_.apply(
      ObjectOp{rename_of(ObjectKind::Type, old_name, new_name, options.schema)});
}

void Operations::drop_view(Characters name, const DropObjectOptions& options) {
  sink_.apply(ObjectOp{drop_of(ObjectKind::View, name, options)});
}

void Operations::rename_view(Characters old_name, Characters new_name,
                             const RenameObjectOptions& options) {
  sink_.apply(
      ObjectOp{rename_of(ObjectKind::View, old_name, new_name, options.schema)});
}

void Operations::drop_materialized_view(Characters name,
                                        const DropObjectOptions& options) {
  sink_.apply(ObjectOp{drop_of(ObjectKind::MaterializedView, name, options)});
}

void Operations::rename_materialized_view(Characters old_name, Characters new_name,
                                          const RenameObjectOptions& options) {
  sink_.apply(ObjectOp{
      rename_of(ObjectKind::MaterializedView, old_name, new_name, options.schema)});
}

void Operations::drop_trigger(Characters name, Characters table_name,
                              const DropObjectOptions& options) {
  auto op = drop_of(ObjectKind::Trigger, name, options);
  op.object.table = operations::table_name_of(table_name);
  sink_.apply(ObjectOp{std::move(op)});
}

void Operations::create_sequence(Characters name,
                                 const CreateSequenceOptions& options) {
  sink_.apply(ObjectOp{
      operations::CreateSequenceOp{.name = required_name(name, "a sequence"),
                                   .options = sequence_of(options),
                                   .schema = text_of(options.schema),
                                   .temporary = options.temporary.is_true(),
                                   .if_not_exists = options.if_not_exists.is_true()}
  });
}

void Operations::alter_sequence(Characters name, const AlterSequenceOptions& options) {
  operations::AlterSequenceOp op{.name = required_name(name, "a sequence"),
                                 .options = sequence_of(options),
                                 .schema = text_of(options.schema),
                                 .if_exists = options.if_exists.is_true()};
  op.options.restart = whole_number_of(options.restart);
  sink_.apply(ObjectOp{std::move(op)});
}

void Operations::drop_sequence(Characters name, const DropObjectOptions& options) {
  sink_.apply(ObjectOp{drop_of(ObjectKind::Sequence, name, options)});
}

void Operations::rename_sequence(Characters old_name, Characters new_name,
                                 const RenameObjectOptions& options) {
  sink_.apply(
      ObjectOp{rename_of(ObjectKind::Sequence, old_name, new_name, options.schema)});
}

void Operations::create_schema(Characters name, const CreateSchemaOptions& options) {
  sink_.apply(ObjectOp{
      operations::CreateSchemaOp{.name = required_name(name, "a schema"),
                                 .if_not_exists = options.if_not_exists.is_true(),
                                 .authorization = text_of(options.authorization)}
  });
}

void Operations::drop_schema(Characters name, const DropObjectOptions& options) {
  sink_.apply(ObjectOp{drop_of_global(ObjectKind::Schema, name, options)});
}

void Operations::rename_schema(Characters old_name, Characters new_name) {
  sink_.apply(ObjectOp{rename_of(ObjectKind::Schema, old_name, new_name, {})});
}

void Operations::create_extension(Characters name,
                                  const CreateExtensionOptions& options) {
  sink_.apply(ObjectOp{
      operations::CreateExtensionOp{.name = required_name(name, "an extension"),
                                    .if_not_exists = options.if_not_exists.is_true(),
                                    .schema = text_of(options.schema),
                                    .version = text_of(options.version),
                                    .cascade = options.cascade.is_true()}
  });
}

void Operations::drop_extension(Characters name, const DropObjectOptions& options) {
  sink_.apply(ObjectOp{drop_of_global(ObjectKind::Extension, name, options)});
}

void Operations::drop_policy(Characters name, Characters table_name,
                             const DropObjectOptions& options) {
  auto op = drop_of(ObjectKind::Policy, name, options);
  op.object.table = operations::table_name_of(table_name);
  sink_.apply(ObjectOp{std::move(op)});
}

}  // namespace revise
