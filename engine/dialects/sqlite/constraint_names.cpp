#include "engine/dialects/sqlite/constraint_names.hpp"

#include "engine/dialects/sqlite/table_edit.hpp"
#include "engine/schema/naming.hpp"

namespace revise::sqlite {

namespace {

std::vector<std::string> columns_of(const TableDraft& draft,
                                    const ConstraintPlace& place) {
  if (const auto* column = draft.after.pieces[place.piece].column()) {
    return {column->name};
  }
  std::vector<std::string> columns;
  for (const KeyColumn& column : place.clause->columns) columns.push_back(column.name);
  return columns;
}

// As far as a naming convention asks for it; none for what it cannot name.
std::optional<schema::Constraint> value_of(const TableDraft& draft,
                                           const ConstraintPlace& place) {
  const auto columns = columns_of(draft, place);
  switch (place.clause->kind) {
    case ClauseKind::PrimaryKey:
      return schema::PrimaryKeyConstraint{.columns = columns};
    case ClauseKind::Unique:
      return schema::UniqueConstraint{.columns = columns};
    case ClauseKind::References:
      return schema::ForeignKeyConstraint{
          .columns = columns,
          .referent_table = place.clause->referent,
          .referent_columns = place.clause->referent_columns};
    case ClauseKind::Check:
    case ClauseKind::NotNull:
    case ClauseKind::Null:
    case ClauseKind::Default:
    case ClauseKind::Collate:
    case ClauseKind::Generated:
    case ClauseKind::Idle:
      return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

void name_constraints(const dialects::Dialect& dialect, TableDraft& draft,
                      const schema::NamedValues& convention) {
  if (convention.empty()) return;
  schema::check_convention(convention);
  // Each name changes its piece, so places are looked up anew after it.
  for (std::size_t i = 0; i < constraints_of(draft.after).size(); ++i) {
    const ConstraintPlace place = constraints_of(draft.after)[i];
    if (!place.clause->name.empty()) continue;
    auto constraint = value_of(draft, place);
    if (!constraint.has_value()) continue;
    schema::apply_naming(*constraint, {.name = draft.table},
                         {.convention = convention});
    const std::string name =
        std::visit([](const auto& named) { return named.name; }, *constraint);
    if (name.empty()) continue;
    name_clause(draft.after.pieces[place.piece], *place.clause, dialect.quote(name));
  }
}

}  // namespace revise::sqlite
