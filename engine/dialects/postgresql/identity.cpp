#include "engine/dialects/postgresql/identity.hpp"

#include <optional>

#include "engine/core/text.hpp"

namespace revise::postgresql {

namespace {

using Number = std::optional<std::int64_t>;

std::string with_number(const char* words, Number number) {
  return number.has_value() ? words + std::to_string(*number) : std::string();
}

std::string cycle_text(std::optional<bool> cycle) {
  if (!cycle.has_value()) return {};
  return *cycle ? "CYCLE" : "NO CYCLE";
}

const char* generated(const schema::Identity& identity) {
  return identity.always ? "ALWAYS" : "BY DEFAULT";
}

}  // namespace

std::string identity_clause(const schema::Identity& identity) {
  std::vector<std::string> options;
  for (const std::string& option :
       {with_number("INCREMENT BY ", identity.increment),
        with_number("START WITH ", identity.start),
        with_number("MINVALUE ", identity.minvalue),
        with_number("MAXVALUE ", identity.maxvalue),
        std::string(identity.nominvalue ? "NO MINVALUE" : ""),
        std::string(identity.nomaxvalue ? "NO MAXVALUE" : ""),
        with_number("CACHE ", identity.cache), cycle_text(identity.cycle)}) {
    if (!option.empty()) options.push_back(option);
  }
  const std::string text = std::string(generated(identity)) + " AS IDENTITY";
  return options.empty() ? text : text + " (" + join(options, " ") + ")";
}

std::string identity_changes(const schema::Identity& from, const schema::Identity& to) {
  std::vector<std::string> changes;
  const auto set = [&changes](const std::string& option) {
    if (!option.empty()) changes.push_back("SET " + option);
  };
  const auto set_number = [&set](const char* words, Number before, Number after) {
    if (before != after) set(with_number(words, after));
  };
  if (from.always != to.always) {
    changes.push_back(std::string("SET GENERATED ") + generated(to));
  }
  set_number("CACHE ", from.cache, to.cache);
  if (from.cycle != to.cycle) set(cycle_text(to.cycle));
  set_number("INCREMENT BY ", from.increment, to.increment);
  set_number("MAXVALUE ", from.maxvalue, to.maxvalue);
  set_number("MINVALUE ", from.minvalue, to.minvalue);
  if (!from.nomaxvalue && to.nomaxvalue) set("NO MAXVALUE");
  if (!from.nominvalue && to.nominvalue) set("NO MINVALUE");
  set_number("START WITH ", from.start, to.start);
  return join(changes, " ");
}

}  // namespace revise::postgresql
