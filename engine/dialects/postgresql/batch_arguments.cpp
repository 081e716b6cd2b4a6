#include "engine/dialects/postgresql/batch_arguments.hpp"

#include <algorithm>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/dialects/identifier.hpp"
#include "engine/schema/naming.hpp"

namespace revise::postgresql {

namespace {

using dialects::Live;
using dialects::single_quoted;
using operations::BatchAlterTableOp;
using Names = std::vector<std::string>;

bool has(const Names& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

void check_copy(const BatchAlterTableOp& batch, const Names& columns) {
  if (!batch.copy_from.has_value()) return;
  Names copied;
  for (const auto& column : batch.copy_from->columns) copied.push_back(column.name);
  for (const auto& name : columns) {
    if (has(copied, name)) continue;
    throw UnitError("'copy_from' lacks column " + quoted(name) + " of table " +
                    quoted(batch.table) +
                    "; add it, and drop_column() it if it is to go");
  }
  for (const auto& name : copied) {
    if (has(columns, name)) continue;
    throw UnitError("'copy_from' has column " + quoted(name) + ", which table " +
                    quoted(batch.table) + " has not");
  }
}

void check_options(const schema::TableOptions& options) {
  const auto refuse = [](const char* option, bool is_set) {
    if (!is_set) return;
    throw UnsupportedError(std::string("'table_kwargs' has '") + option +
                           "', which a table that is made anew does not take; create "
                           "another table, and copy the rows");
  };
  refuse("postgresql_inherits", !options.postgresql_inherits.empty());
  refuse("postgresql_on_commit", !options.postgresql_on_commit.empty());
  refuse("postgresql_partition_by", !options.postgresql_partition_by.empty());
}

void check_overrides(const BatchAlterTableOp& batch, std::int64_t oid,
                     const Names& columns, const Live& live) {
  if (batch.reflect_args.empty()) return;
  Names special;
  for (const auto& row :
       live.read("SELECT attname::text FROM pg_catalog.pg_attribute WHERE attrelid = " +
                 std::to_string(oid) + " AND (attidentity <> '' OR attgenerated <> '')")
           .rows) {
    special.push_back(std::get<std::string>(row.at(0)));
  }
  for (const auto& column : batch.reflect_args) {
    if (!has(columns, column.name)) {
      throw UnitError("table " + quoted(batch.table) + " has no column " +
                      quoted(column.name));
    }
    if (!has(special, column.name)) continue;
    throw UnsupportedError("'reflect_args' has column " + quoted(column.name) +
                           ", whose values the database makes (an identity, or "
                           "GENERATED); alter_column() it instead");
  }
}

std::optional<schema::GeneratedDefault> default_of(const schema::Column& column) {
  if (!column.server_default.has_value()) return std::nullopt;
  return std::visit([](const auto& value) { return schema::GeneratedDefault(value); },
                    *column.server_default);
}

// By whatever the server makes of both texts: the check is added under another name to
// be compared.
bool is_there(const operations::AddConstraintOp& op,
              const schema::CheckConstraint& check, std::int64_t oid,
              const Live& live) {
  constexpr const char* kProbe = "_alembic_tmp_check";
  const auto select = [&](const std::string& what) {
    return live.read("SELECT " + what +
                     " FROM pg_catalog.pg_constraint WHERE contype = 'c' AND conrelid "
                     "= " +
                     std::to_string(oid) + " AND conname IN (" +
                     single_quoted(check.name) + ", '" + kProbe + "')");
  };
  if (select("1").rows.empty()) return false;
  operations::AddConstraintOp probe = op;
  std::get<schema::CheckConstraint>(probe.constraint).name = kProbe;
  live.apply(probe);
  const auto kinds = select("count(DISTINCT pg_get_constraintdef(oid))");
  live.apply(operations::DropConstraintOp{
      .table = op.table, .constraint = kProbe, .schema = op.schema});
  if (std::get<std::int64_t>(kinds.rows.at(0).at(0)) == 1) return true;
  throw UnitError("table " + quoted(op.table) + " has a check " + quoted(check.name) +
                  " already, which says something else; drop_constraint() it first");
}

}  // namespace

void check_arguments(const BatchAlterTableOp& batch, std::int64_t oid,
                     const Names& columns, const Live& live) {
  check_copy(batch, columns);
  check_options(batch.table_kwargs);
  check_overrides(batch, oid, columns, live);
  // Here every constraint has a name, and there is nothing for it to do.
  schema::check_convention(batch.naming_convention);
}

void apply_overrides(const BatchAlterTableOp& batch, const Live& live) {
  for (const auto& column : batch.reflect_args) {
    live.apply(operations::AlterColumnOp{.table = batch.table,
                                         .column = column.name,
                                         .schema = batch.schema,
                                         .nullable = column.nullable,
                                         .server_default = default_of(column),
                                         .type = column.type});
  }
}

void apply_table_arguments(const BatchAlterTableOp& batch, std::int64_t oid,
                           const Live& live) {
  for (const auto& constraint : batch.table_args.constraints) {
    const operations::AddConstraintOp op{
        .table = batch.table, .constraint = constraint, .schema = batch.schema};
    const auto* check = std::get_if<schema::CheckConstraint>(&constraint);
    if (check == nullptr || !is_there(op, *check, oid, live)) live.apply(op);
  }
  for (const auto& index : batch.table_args.indexes) {
    live.apply(operations::CreateIndexOp{
        .table = batch.table, .index = index, .schema = batch.schema});
  }
}

}  // namespace revise::postgresql
