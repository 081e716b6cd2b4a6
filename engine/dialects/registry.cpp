#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/dialects/dialect.hpp"
#include "engine/dialects/postgresql/dialect.hpp"
#include "engine/dialects/sqlite/dialect.hpp"

namespace revise::dialects {

namespace {

// Function-local, so that a start of the tool runs no constructors for them.
std::span<const Dialect* const> table() {
  static const postgresql::Dialect postgresql;
  static const sqlite::Dialect sqlite;
  static const Dialect* const dialects[] = {&postgresql, &sqlite};
  return dialects;
}

}  // namespace

Dialect::~Dialect() = default;

std::string Dialect::qualified(std::string_view schema, std::string_view name) const {
  if (schema.empty()) return quote(name);
  return quote(schema) + "." + quote(name);
}

const Dialect& dialect_named(std::string_view name) {
  std::vector<std::string> names;
  for (const Dialect* dialect : table()) {
    if (dialect->name() == name) return *dialect;
    names.emplace_back(dialect->name());
  }
  throw UnsupportedError("no dialect is named " + quoted(name) + "; there are " +
                         join(names, ", "));
}

std::span<const Dialect* const> all_dialects() { return table(); }

}  // namespace revise::dialects
