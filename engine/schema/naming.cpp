#include "engine/schema/naming.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <string_view>

#include "engine/core/error.hpp"
#include "engine/core/hash.hpp"
#include "engine/core/text.hpp"

namespace revise::schema {

namespace {

constexpr std::array<std::string_view, 5> kKinds = {"ck", "fk", "ix", "pk", "uq"};

// SQLAlchemy's DEFAULT_NAMING_CONVENTION.
constexpr std::string_view kDefaultIndex = "ix_%(column_0_label)s";

/// What a template's tokens speak of.
struct Subject {
  std::string_view kind;
  const Table& table;
  std::string name = {};
  std::vector<std::string> columns = {};
  std::string referent_table = {};
  std::vector<std::string> referent_columns = {};
};

std::string template_of(const Naming& naming, std::string_view kind) {
  for (const auto& [key, text] : naming.convention) {
    if (key == kind) return text;
  }
  return kind == "ix" ? std::string(kDefaultIndex) : std::string();
}

std::string label_of(const Table& table, const std::string& column) {
  const std::string schema =
      table.schema.empty() ? std::string() : replace_all(table.schema, ".", "_") + "_";
  return schema + table.name + "_" + column;
}

bool take(std::string_view& text, std::string_view prefix) {
  if (text.substr(0, prefix.size()) != prefix) return false;
  text.remove_prefix(prefix.size());
  return true;
}

// column_0_name, column_0N_name (one after another), column_0_N_name (with '_'
// between), and the same for "key" and "label"; none for what is no such token.
std::optional<std::string> column_token(std::string_view token,
                                        const Subject& subject) {
  const bool is_referred = take(token, "referred_");
  if (!take(token, "column_")) return std::nullopt;
  std::size_t digits = 0;
  while (digits < token.size() && token[digits] >= '0' && token[digits] <= '9') {
    ++digits;
  }
  if (digits == 0 || digits > 4) return std::nullopt;
  const auto first =
      static_cast<std::size_t>(std::stoul(std::string(token, 0, digits)));
  token.remove_prefix(digits);
  const bool is_joined = take(token, "_N_");
  const bool is_run_together = !is_joined && take(token, "N_");
  if (!is_joined && !is_run_together && !take(token, "_")) return std::nullopt;
  const bool is_label = token == "label";
  if ((!is_label && token != "name" && token != "key") ||
      (is_referred && token != "name")) {
    return std::nullopt;
  }
  const auto& names = is_referred ? subject.referent_columns : subject.columns;
  const std::size_t last = is_joined || is_run_together ? names.size() : first + 1;
  std::vector<std::string> found;
  for (std::size_t i = first; i < std::min(last, names.size()); ++i) {
    found.push_back(is_label ? label_of(subject.table, names[i]) : names[i]);
  }
  return join(found, is_joined ? "_" : "");
}

// None for a token that there is not.
std::optional<std::string> token_value(std::string_view token, const Subject& subject) {
  if (token == "table_name") return subject.table.name;
  if (token == "referred_table_name") return subject.referent_table;
  if (token == "constraint_name") {
    if (subject.name.empty()) {
      // SQLAlchemy's own words.
      throw UnitError(
          "Naming convention including %(constraint_name)s token requires that "
          "constraint is explicitly named.");
    }
    return subject.name;
  }
  return column_token(token, subject);
}

[[noreturn]] void refuse_token(std::string_view pattern, std::string_view token) {
  throw UnitError("the naming convention " + quoted(pattern) + " has the token " +
                  quoted(token) +
                  "; there are table_name, referred_table_name, constraint_name, "
                  "column_0_name, column_0N_name, column_0_N_name, the same with label "
                  "and key, and referred_column_0_name");
}

// As Python's % with a mapping does: %(token)s, and %% for a per cent sign.
std::string expanded(
    std::string_view pattern,
    const std::function<std::string(std::string_view token)>& value_of) {
  std::string text;
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    if (pattern[at] != '%') {
      text += pattern[at];
    } else if (pattern.substr(at, 2) == "%%") {
      text += '%';
      ++at;
    } else {
      const auto end = pattern.find(")s", at);
      if (pattern.substr(at, 2) != "%(" || end == pattern.npos) {
        refuse_token(pattern, pattern.substr(at));
      }
      text += value_of(pattern.substr(at + 2, end - at - 2));
      at = end + 1;
    }
  }
  return text;
}

// SQLAlchemy's way with names that it made itself (truncate_and_render_maxlen_name);
// a character of UTF-8 is kept or left out whole.
std::string cut(std::string name, std::size_t max_bytes) {
  if (max_bytes == 0 || name.size() <= max_bytes) return name;
  const std::string end = "_" + md5(name).substr(28);
  std::size_t kept = max_bytes - 8;
  while (kept > 0 && (static_cast<unsigned char>(name[kept]) & 0xc0) == 0x80) --kept;
  return name.substr(0, kept) + end;
}

std::string name_of(const Subject& subject, bool is_final, const Naming& naming) {
  if (is_final) return cut(subject.name, naming.max_bytes);
  const std::string pattern = template_of(naming, subject.kind);
  const bool uses_name = pattern.find("%(constraint_name)s") != pattern.npos;
  if (pattern.empty() || (!subject.name.empty() && !uses_name)) return subject.name;
  return cut(expanded(pattern,
                      [&](std::string_view token) {
                        auto value = token_value(token, subject);
                        if (!value) refuse_token(pattern, token);
                        return *value;
                      }),
             naming.max_bytes);
}

std::vector<std::string> columns_of(const std::vector<IndexElement>& elements) {
  std::vector<std::string> names;
  for (const IndexElement& element : elements) {
    const auto* name = std::get_if<std::string>(&element);
    if (name != nullptr) names.push_back(*name);
  }
  return names;
}

struct SubjectOf {
  const Table& table;

  Subject operator()(const PrimaryKeyConstraint& key) const {
    return {"pk", table, key.name, key.columns};
  }
  Subject operator()(const UniqueConstraint& key) const {
    return {"uq", table, key.name, key.columns};
  }
  Subject operator()(const CheckConstraint& check) const {
    return {"ck", table, check.name};
  }
  Subject operator()(const ForeignKeyConstraint& key) const {
    return {
        "fk", table, key.name, key.columns, key.referent_table, key.referent_columns};
  }
  // SQLAlchemy has no key for it.
  Subject operator()(const ExcludeConstraint& exclude) const {
    return {"", table, exclude.name};
  }
};

// What the convention made is not made again of itself.
void rename(auto& named, const Subject& subject, const Naming& naming) {
  std::string name = name_of(subject, named.name_is_final, naming);
  named.name_is_final = named.name_is_final || name != named.name;
  named.name = std::move(name);
}

void name_column(Column& column, const Table& table, const Naming& naming) {
  if (column.index) {
    column.index_name = name_of({"ix", table, {}, {column.name}}, false, naming);
  } else if (column.unique) {
    column.unique_name = name_of({"uq", table, {}, {column.name}}, false, naming);
  }
  for (ForeignKeyConstraint& key : column.foreign_keys) {
    rename(key, SubjectOf{table}(key), naming);
  }
  for (CheckConstraint& check : column.checks) {
    rename(check, {"ck", table, check.name, {column.name}}, naming);
  }
  const auto name_type_check = [&](const auto* type) {
    if (type == nullptr || !type->create_constraint) return;
    column.type_check_name =
        name_of({"ck", table, type->name, {column.name}}, type->name_is_final, naming);
  };
  name_type_check(std::get_if<BooleanType>(&column.type));
  name_type_check(std::get_if<EnumType>(&column.type));
}

// A key that only its columns tell of is written out, so that it can bear a name.
void write_out_primary_key(Table& table, const Naming& naming) {
  const bool is_written = std::any_of(
      table.constraints.begin(), table.constraints.end(), [](const auto& constraint) {
        return std::holds_alternative<PrimaryKeyConstraint>(constraint);
      });
  if (is_written || template_of(naming, "pk").empty()) return;
  PrimaryKeyConstraint key = primary_key_of(table);
  if (!key.columns.empty()) table.constraints.emplace_back(std::move(key));
}

}  // namespace

void check_convention(const NamedValues& convention) {
  for (const auto& [key, pattern] : convention) {
    if (std::find(kKinds.begin(), kKinds.end(), key) == kKinds.end()) {
      throw UnitError("a naming convention has the keys ix, uq, ck, fk and pk, not " +
                      quoted(key));
    }
    const Table table;
    const Subject any{key, table, "name", {"column"}, "referent", {"column"}};
    expanded(pattern, [&, &text = pattern](std::string_view token) {
      if (!token_value(token, any)) refuse_token(text, token);
      return std::string();
    });
  }
}

void apply_naming(Table& table, const Naming& naming) {
  write_out_primary_key(table, naming);
  for (Column& column : table.columns) name_column(column, table, naming);
  for (Constraint& constraint : table.constraints) {
    apply_naming(constraint, table, naming);
  }
  for (Index& index : table.indexes) apply_naming(index, table, naming);
}

void apply_naming(Constraint& constraint, const Table& table, const Naming& naming) {
  std::visit([&](auto& named) { rename(named, SubjectOf{table}(named), naming); },
             constraint);
}

void apply_naming(Index& index, const Table& table, const Naming& naming) {
  rename(index, {"ix", table, index.name, columns_of(index.elements)}, naming);
}

std::string name_by_convention(const std::string& name, const char* kind,
                               const Table& table, const Naming& naming) {
  return name_of({kind, table, name}, false, naming);
}

}  // namespace revise::schema
