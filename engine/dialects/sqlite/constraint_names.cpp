#include "engine/dialects/sqlite/constraint_names.hpp"

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/dialects/sqlite/table_edit.hpp"

namespace revise::sqlite {

namespace {

// What a template's tokens stand for.
struct Facts {
  std::string table;
  std::vector<std::string> columns;
  std::string referent_table;
  std::vector<std::string> referent_columns;
};

const char* key_of(ClauseKind kind) {
  if (kind == ClauseKind::PrimaryKey) return "pk";
  if (kind == ClauseKind::Unique) return "uq";
  return kind == ClauseKind::References ? "fk" : "";
}

// column_0_name, column_0N_name, column_0_N_name and the same of referred_column; _key
// and _label are the name, and table and name.
std::string column_token(const Facts& facts, std::string_view token) {
  const bool is_referred = token.starts_with("referred_");
  const auto& columns = is_referred ? facts.referent_columns : facts.columns;
  const std::string& table = is_referred ? facts.referent_table : facts.table;
  const bool is_label = token.ends_with("_label");
  const auto part = [&](const std::string& column) {
    return is_label ? table + "_" + column : column;
  };
  const auto place = token.find("column_") + std::string_view("column_").size();
  const auto which = token.substr(place, token.rfind('_') - place);
  std::vector<std::string> parts;
  for (const std::string& column : columns) parts.push_back(part(column));
  if (which == "0N") return join(parts, "");
  if (which == "0_N") return join(parts, "_");
  const auto number = static_cast<std::size_t>(std::atoi(std::string(which).c_str()));
  if (number >= parts.size()) {
    throw UnitError("the naming convention has %(" + std::string(token) +
                    ")s, and a constraint has fewer columns");
  }
  return parts[number];
}

std::string value_of(const Facts& facts, std::string_view token) {
  if (token == "table_name") return facts.table;
  if (token == "referred_table_name") return facts.referent_table;
  if (token.starts_with("column_") || token.starts_with("referred_column_")) {
    return column_token(facts, token);
  }
  throw UnitError("the naming convention has %(" + std::string(token) +
                  ")s, which is no token of one");
}

std::string expanded(std::string_view text, const Facts& facts) {
  std::string name;
  while (!text.empty()) {
    const auto begin = text.find("%(");
    const auto end = text.find(")s", begin == text.npos ? 0 : begin);
    if (begin == text.npos || end == text.npos) return name += text;
    name += text.substr(0, begin);
    name += value_of(facts, text.substr(begin + 2, end - begin - 2));
    text.remove_prefix(end + 2);
  }
  return name;
}

Facts facts_of(const TableDraft& draft, const ConstraintPlace& place) {
  Facts facts{.table = draft.table,
              .columns = {},
              .referent_table = place.clause->referent,
              .referent_columns = place.clause->referent_columns};
  if (const auto* column = draft.after.pieces[place.piece].column()) {
    facts.columns = {column->name};
  }
  for (const KeyColumn& column : place.clause->columns) {
    facts.columns.push_back(column.name);
  }
  return facts;
}

}  // namespace

void name_constraints(const dialects::Dialect& dialect, TableDraft& draft,
                      const schema::NamedValues& convention) {
  for (const auto& [key, text] : convention) {
    // Each name changes the piece, so it is looked through again after it.
    for (std::size_t i = 0; i < constraints_of(draft.after).size(); ++i) {
      const ConstraintPlace place = constraints_of(draft.after)[i];
      if (!place.clause->name.empty() || key != key_of(place.clause->kind)) continue;
      name_clause(draft.after.pieces[place.piece], *place.clause,
                  dialect.quote(expanded(text, facts_of(draft, place))));
    }
  }
}

}  // namespace revise::sqlite
