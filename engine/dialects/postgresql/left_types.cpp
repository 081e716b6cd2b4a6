// Between the note and the drop the types are kept in a setting of the session's own:
// unlike a table it needs no rights, and unlike a plan of the engine's it is there in
// a script too, whatever the table had.

#include "engine/dialects/postgresql/left_types.hpp"

#include "engine/core/text.hpp"
#include "engine/dialects/identifier.hpp"
#include "engine/dialects/postgresql/named_types.hpp"

namespace revise::postgresql {

namespace {

using dialects::Dialect;
using dialects::single_quoted;
using dialects::TypeCare;

std::string note_of(const std::string& select_oids) {
  return do_block(
      "BEGIN\n    PERFORM set_config('revise.left_types', concat_ws(',', "
      "nullif(current_setting('revise.left_types', true), ''), (" +
      select_oids + ")), false);\nEND");
}

// Nobody said which types the table brought along: its enums, those of arrays too.
std::string enums_of(const std::string& table) {
  return "SELECT string_agg(DISTINCT e.oid::text, ',') FROM pg_catalog.pg_attribute a "
         "JOIN pg_catalog.pg_type t ON t.oid = a.atttypid "
         "JOIN pg_catalog.pg_type e ON e.oid IN (t.oid, t.typelem) "
         "WHERE a.attrelid = to_regclass(" +
         single_quoted(table) + ") AND e.typtype = 'e'";
}

// Empty for no types.
std::string note_of_types(const Dialect& dialect,
                          const std::vector<schema::Column>& columns) {
  std::vector<std::string> types;
  for (const auto& name : names_of_types(dialect, columns)) {
    types.push_back("to_regtype(" + single_quoted(name) + ")");
  }
  if (types.empty()) return {};
  return note_of("SELECT string_agg(v::oid::text, ',') FROM unnest(ARRAY[" +
                 join(types, ", ") + "]) AS v");
}

struct MakesType {
  bool operator()(const operations::CreateEnumOp&) const { return true; }
  bool operator()(const operations::CreateDomainOp&) const { return true; }
  bool operator()(const operations::CreateCompositeTypeOp&) const { return true; }
  bool operator()(const operations::CreateRangeTypeOp&) const { return true; }
  bool operator()(const auto&) const { return false; }
};

struct Care {
  const Dialect& dialect;

  TypeCare operator()(const operations::CreateTableOp& op) const {
    TypeCare care{.before = types_ensured_for(dialect, op.table.columns)};
    if (care.before.empty()) return {};
    care.makes_types = true;
    operations::CreateTableOp table = op;
    table.table.columns = without_types(std::move(table.table.columns));
    care.instead = std::move(table);
    return care;
  }
  TypeCare operator()(const operations::AddColumnOp& op) const {
    return {.makes_types = !names_of_types(dialect, {op.column}).empty()};
  }
  TypeCare operator()(const operations::DropTableOp& op) const {
    if (op.existing.has_value()) {
      return {.note = note_of_types(dialect, op.existing->columns)};
    }
    return {.note = note_of(enums_of(dialect.qualified(op.schema, op.table)))};
  }
  // Where the column is not told, its type stays, as Alembic has it.
  TypeCare operator()(const operations::DropColumnOp& op) const {
    if (!op.existing.has_value()) return {};
    return {.note = note_of_types(dialect, {*op.existing})};
  }
  // In a script all of them are one.
  TypeCare operator()(const operations::BatchAlterTableOp& op) const {
    std::vector<schema::Column> added;
    std::vector<schema::Column> dropped;
    for (const auto& change : op.changes) {
      const auto* drop = std::get_if<operations::DropColumnOp>(&change.operation);
      if (drop != nullptr && drop->existing) dropped.push_back(*drop->existing);
      const auto* add = std::get_if<operations::AddColumnOp>(&change.operation);
      if (add != nullptr) added.push_back(add->column);
    }
    return {.note = note_of_types(dialect, dropped),
            .makes_types = !names_of_types(dialect, added).empty()};
  }
  // One of these may bear the name of what is left.
  TypeCare operator()(const operations::ObjectOp& op) const {
    return {.makes_types = std::visit(MakesType{}, op.change)};
  }
  TypeCare operator()(const auto&) const { return {}; }
};

}  // namespace

TypeCare care_for_types(const Dialect& dialect,
                        const operations::Operation& operation) {
  return std::visit(Care{dialect}, operation);
}

// Whatever uses one keeps it, and so does an owner who is somebody else.
std::string drop_left_types() {
  return do_block(
      "DECLARE type oid; BEGIN\n"
      "    FOR type IN SELECT t.oid FROM pg_catalog.pg_type t WHERE t.oid = ANY "
      "(string_to_array(current_setting('revise.left_types', true), ',')::oid[]) "
      "ORDER BY t.typtype, t.oid LOOP\n"
      "        BEGIN\n"
      "            EXECUTE 'DROP TYPE ' || type::regtype;\n"
      "        EXCEPTION WHEN dependent_objects_still_exist OR insufficient_privilege "
      "THEN\n"
      "            NULL;\n"
      "        END;\n"
      "    END LOOP;\n"
      "    PERFORM set_config('revise.left_types', '', false);\nEND");
}

}  // namespace revise::postgresql
