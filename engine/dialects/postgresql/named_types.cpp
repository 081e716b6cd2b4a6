#include "engine/dialects/postgresql/named_types.hpp"

#include <algorithm>
#include <memory>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/dialects/identifier.hpp"
#include "engine/dialects/postgresql/types.hpp"
#include "engine/dialects/standard_sql.hpp"

namespace revise::postgresql {

namespace {

using dialects::Dialect;
using dialects::single_quoted;
using Texts = std::vector<std::string>;

constexpr std::size_t kMaxValueBytes = 63;  // NAMEDATALEN - 1

std::string value_list(const std::vector<std::string>& values) {
  Texts spelt;
  for (const std::string& value : values) spelt.push_back(enum_value(value));
  return join(spelt, ", ");
}

void add_once(Texts& texts, std::string text) {
  if (std::find(texts.begin(), texts.end(), text) == texts.end()) {
    texts.push_back(std::move(text));
  }
}

std::string ensure_domain_text(const Dialect& dialect,
                               const schema::DomainType& domain) {
  return do_block(
      "BEGIN\n    " + create_domain_text(dialect, domain) +
      ";\nEXCEPTION WHEN duplicate_object OR unique_violation THEN\n    NULL;\nEND");
}

enum class Presence { Absent, Unknown };

// A domain may be based on an enum, and either be an array's item.
void add_types(Texts& texts, const Dialect& dialect, const schema::Type& type,
               Presence presence) {
  const bool is_new = presence == Presence::Absent;
  if (const auto* one = std::get_if<schema::EnumType>(&type)) {
    if (!one->native || !one->create_type) return;
    type_name(dialect, type);  // it has a name
    add_once(texts, (is_new ? create_enum_text : ensure_enum_text)(
                        dialect, one->schema, one->name, one->values));
  } else if (const auto* array = std::get_if<schema::ArrayType>(&type)) {
    add_types(texts, dialect, *array->item, presence);
  } else if (const auto* domain = std::get_if<schema::DomainType>(&type)) {
    if (!domain->create_type) return;
    add_types(texts, dialect, *domain->type, presence);
    add_once(texts,
             (is_new ? create_domain_text : ensure_domain_text)(dialect, *domain));
  }
}

Texts types_of(const Dialect& dialect, const std::vector<schema::Column>& columns,
               Presence presence) {
  Texts texts;
  for (const auto& column : columns) {
    add_types(texts, dialect, column.type, presence);
  }
  return texts;
}

void add_names(Texts& names, const Dialect& dialect, const schema::Type& type) {
  if (const auto* one = std::get_if<schema::EnumType>(&type)) {
    if (one->native && one->create_type) add_once(names, type_name(dialect, type));
  } else if (const auto* array = std::get_if<schema::ArrayType>(&type)) {
    add_names(names, dialect, *array->item);
  } else if (const auto* domain = std::get_if<schema::DomainType>(&type)) {
    if (!domain->create_type) return;
    add_names(names, dialect, *domain->type);
    add_once(names, type_name(dialect, type));
  }
}

schema::Type without_type(schema::Type type) {
  if (auto* one = std::get_if<schema::EnumType>(&type)) {
    one->create_type = false;
  } else if (auto* array = std::get_if<schema::ArrayType>(&type)) {
    array->item = std::make_shared<const schema::Type>(without_type(*array->item));
  } else if (auto* domain = std::get_if<schema::DomainType>(&type)) {
    domain->create_type = false;
  }
  return type;
}

}  // namespace

std::string enum_value(const std::string& value) {
  if (value.size() > kMaxValueBytes) {
    throw UnsupportedError("the enum value " + quoted(value) + " has " +
                           std::to_string(value.size()) +
                           " bytes, and PostgreSQL takes 63");
  }
  return single_quoted(value);
}

std::string dollar_quoted(const std::string& text) {
  std::string tag = "$revise$";
  // Also where the text ends in what begins the tag.
  for (int i = 1; (text + tag).find(tag) != text.size(); ++i) {
    tag = "$revise" + std::to_string(i) + "$";
  }
  return tag + text + tag;
}

std::string do_block(const std::string& body) {
  return "DO " + dollar_quoted(" " + body + " ");
}

std::string create_enum_text(const Dialect& dialect, const std::string& schema,
                             const std::string& name,
                             const std::vector<std::string>& values) {
  return "CREATE TYPE " + dialect.qualified(schema, name) + " AS ENUM (" +
         value_list(values) + ")";
}

std::string ensure_enum_text(const Dialect& dialect, const std::string& schema,
                             const std::string& name,
                             const std::vector<std::string>& values) {
  const std::string type = dialect.qualified(schema, name);
  return do_block(
      "DECLARE lacking text; BEGIN\n    " +
      create_enum_text(dialect, schema, name, values) +
      ";\nEXCEPTION WHEN duplicate_object OR unique_violation THEN\n"
      "    SELECT string_agg(v, ', ') INTO lacking FROM unnest(ARRAY[" +
      value_list(values) +
      "]::text[]) AS v WHERE v NOT IN (SELECT enumlabel FROM pg_catalog.pg_enum "
      "WHERE enumtypid = " +
      single_quoted(type) +
      "::regtype);\n    IF lacking IS NOT NULL THEN\n"
      "        RAISE duplicate_object USING MESSAGE = " +
      single_quoted("type " + type + " already exists, without the values: ") +
      " || lacking;\n    END IF;\nEND");
}

// SQLAlchemy's order (PGDDLCompiler.visit_create_domain_type).
std::string create_domain_text(const Dialect& dialect,
                               const schema::DomainType& domain) {
  std::string text = "CREATE DOMAIN " + dialect.qualified(domain.schema, domain.name) +
                     " AS " + type_name(dialect, *domain.type);
  if (!domain.collation.empty()) text += " COLLATE " + dialect.quote(domain.collation);
  if (domain.server_default.has_value()) {
    text += " DEFAULT " + dialects::default_text(*domain.server_default);
  }
  if (!domain.constraint_name.empty()) {
    text += " CONSTRAINT " + dialect.quote(domain.constraint_name);
  }
  if (domain.not_null) text += " NOT NULL";
  if (!domain.check.empty()) text += " CHECK (" + domain.check + ")";
  return text;
}

Texts types_made_with(const Dialect& dialect,
                      const std::vector<schema::Column>& columns) {
  return types_of(dialect, columns, Presence::Absent);
}

Texts types_ensured_for(const Dialect& dialect,
                        const std::vector<schema::Column>& columns) {
  return types_of(dialect, columns, Presence::Unknown);
}

Texts names_of_types(const Dialect& dialect,
                     const std::vector<schema::Column>& columns) {
  Texts names;
  for (const auto& column : columns) add_names(names, dialect, column.type);
  return names;
}

std::vector<schema::Column> without_types(std::vector<schema::Column> columns) {
  for (auto& column : columns) column.type = without_type(std::move(column.type));
  return columns;
}

}  // namespace revise::postgresql
