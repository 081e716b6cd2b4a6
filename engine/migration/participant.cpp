#include "engine/migration/participant.hpp"

#include <map>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"

namespace revise::migration {

namespace {

std::string identity_with(const Participant& participant,
                          const dialects::VersionTable& table) {
  return "postgresql\n" + participant.place.server + "\n" + participant.place.database +
         "\n" + table.schema + "." + table.name;
}

}  // namespace

bool is_postgresql(const Participant& participant) {
  return participant.session.dialect().name() == "postgresql";
}

std::string identity_of(const Participant& participant) {
  if (participant.place.server.empty()) return participant.run.identity;
  return identity_with(participant, participant.run.settings.version_table);
}

void check_apart(const std::vector<Participant>& participants) {
  std::map<std::string, std::string> names;
  for (const auto& participant : participants) {
    if (participant.place.server.empty()) continue;
    const auto identity = identity_with(participant, participant.session.table());
    const auto& name = participant.run.database;
    const auto [known, is_new] = names.emplace(identity, name);
    if (is_new) continue;
    throw ConfigError("the databases " + quoted(known->second) + " and " +
                      quoted(name) + " are one database with one version table");
  }
}

}  // namespace revise::migration
