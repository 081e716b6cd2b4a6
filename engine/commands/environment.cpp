#include "engine/commands/environment.hpp"

#include <algorithm>
#include <exception>
#include <set>

#include "engine/commands/units.hpp"
#include "engine/config/database_url.hpp"
#include "engine/core/error.hpp"
#include "engine/core/log.hpp"
#include "engine/core/text.hpp"
#include "engine/graph/resolve.hpp"
#include "engine/script/environment_file.hpp"
#include "engine/unit/bundle.hpp"
#include "engine/unit/load.hpp"

namespace revise::commands {

namespace {

constexpr std::string_view kUrl = "sqlalchemy.url";

// Of `databases` those that --database names, in the order of the setting; one without
// a name where there are none.
std::vector<std::string> chosen_names(const Invocation& invocation,
                                      const Project& project) {
  const auto& known = project.settings.script.databases;
  const auto wanted = invocation.arguments.values("database");
  for (const auto& name : wanted) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    throw UsageError(known.empty()
                         ? "--database " + name +
                               ": the setting 'databases' names none to choose from"
                         : "there is no database " + revise::quoted(name) +
                               "; there are " + join(known, ", "));
  }
  if (known.empty()) return {std::string()};
  std::vector<std::string> chosen;
  for (const auto& name : known) {
    if (wanted.empty() || std::find(wanted.begin(), wanted.end(), name) != wanted.end())
      chosen.push_back(name);
  }
  const auto& arguments = invocation.arguments;
  if (chosen.size() > 1 && (arguments.has("url") || arguments.has("url-file"))) {
    throw UsageError("--url and --url-file are for one database, and there are " +
                     join(chosen, ", ") + "; say which with --database");
  }
  return chosen;
}

std::optional<std::string> text_of(const config::FoundValue& found) {
  if (const auto* text = std::get_if<std::string>(&found.value)) return *text;
  if (const auto* number = std::get_if<std::int64_t>(&found.value))
    return std::to_string(*number);
  if (const auto* truth = std::get_if<bool>(&found.value))
    return *truth ? "true" : "false";
  if (const auto* list = std::get_if<std::vector<std::string>>(&found.value))
    return join(*list, ", ");
  return std::nullopt;
}

std::map<std::string, std::string> section_of(const config::Sources& sources,
                                              std::string_view name) {
  std::map<std::string, std::string> options;
  const auto* section = sources.ini.find(name);
  if (section == nullptr) return options;
  for (const auto* part : {&sources.ini.defaults(), section}) {
    for (const auto& option : part->options) {
      if (auto value = sources.ini.get(name, option.name)) {
        options[option.name] = std::move(*value);
      }
    }
  }
  if (options.contains(std::string(kUrl))) {
    const auto of_section = config::sources_of_database(sources, std::string(name));
    if (auto url = config::url_in_files(of_section)) options[std::string(kUrl)] = *url;
  }
  return options;
}

unit::LoadedEnvironment load(const Invocation& invocation, const Project& project,
                             const std::string& path) {
  if (invocation.bundle) return unit::environment_of(*invocation.bundle);
  const auto built = unit::build_units(
      {
          {unit::kEnvironmentName, path, unit::UnitKind::Environment}
  },
      build_settings(project), build_progress(invocation.console));
  return unit::load_environment(built);
}

using Configurations = std::vector<Configuration>;
using Body = std::function<void(const Configurations&)>;

// The calls of an env.cpp, each from within the run_migrations() of the one before: all
// have said what they want, and all that they refer to is there, when `body` is called.
class Calls {
 public:
  Calls(const Invocation& invocation, const Project& project,
        const EnvironmentRequest& request, std::vector<std::string> names,
        const Body& body)
      : invocation_(invocation),
        project_(project),
        request_(request),
        names_(std::move(names)),
        body_(body) {}

  void call_all(const std::string& path);
  void run_plainly();

 private:
  Configuration configuration(const std::string& name) const;
  environment::Host host(const std::string& name) const;
  void go_on(std::size_t place);
  void call(std::size_t place);
  void configured(std::size_t place, const environment::Host& host);
  void run_body();

  const Invocation& invocation_;
  const Project& project_;
  const EnvironmentRequest& request_;
  const std::vector<std::string> names_;
  const Body& body_;
  unit::LoadedEnvironment loaded_;
  Configurations configured_;
  std::exception_ptr failure_;
  int done_ = 0;  // calls of body_
};

Configuration Calls::configuration(const std::string& name) const {
  Configuration configuration;
  configuration.name = name;
  configuration.arguments = {invocation_.arguments.values("x"),
                             invocation_.arguments.value("tag"), name,
                             request_.rendering};
  return configuration;
}

environment::Host Calls::host(const std::string& name) const {
  environment::Host host;
  host.arguments = configuration(name).arguments;
  host.is_transactional_ddl = !project_.settings.run.transaction_per_migration;
  host.config_file = project_.sources.ini_path;
  host.config_section = project_.sources.section;
  const auto& sources = project_.sources;
  host.main_option = [&sources](std::string_view key) -> std::optional<std::string> {
    if (key == kUrl) return config::url_in_files(sources);
    const auto found = sources.alembic_option(lower(key));
    return found ? text_of(*found) : std::nullopt;
  };
  host.section = [&sources](std::string_view section) {
    return section_of(sources, section);
  };
  const auto& map = project_.map;
  const auto one = [&map](const std::string& symbol) -> std::optional<std::string> {
    const auto id = graph::resolve_one(map, graph::parse_symbol(symbol));
    return id ? std::optional<std::string>(*id) : std::nullopt;
  };
  const auto& request = request_;
  host.revision = [&request, one]() -> std::optional<std::string> {
    return request.revision ? one(*request.revision) : std::nullopt;
  };
  host.starting_revision = [&request, one]() -> std::optional<std::string> {
    if (!request.start) throw UnitError("No starting revision argument is available.");
    return request.start->empty() ? std::nullopt : one(*request.start);
  };
  host.heads = [&map] {
    const auto heads = map.heads(graph::Edges::Versioned);
    return std::vector<std::string>(heads.begin(), heads.end());
  };
  return host;
}

// An env.cpp that catches all there is must not hide that a run has failed.
void Calls::run_body() {
  try {
    body_(configured_);
    ++done_;
  } catch (...) {
    failure_ = std::current_exception();
    throw;
  }
}

void Calls::configured(std::size_t place, const environment::Host& host) {
  if (names_.size() > 1 && host.runs > 1) {
    throw UnitError("env.cpp called run_migrations() twice for the database " +
                    revise::quoted(names_[place]) +
                    "; with 'databases' it is called once a database, and runs once");
  }
  const auto before = configured_.size();
  configured_.push_back(configuration(names_[place]));
  configured_.back().said = host;
  go_on(place + 1);
  configured_.resize(before);
}

void Calls::go_on(std::size_t place) {
  if (place < names_.size()) return call(place);
  if (!configured_.empty()) run_body();
}

void Calls::call(std::size_t place) {
  auto made = host(names_[place]);
  made.run_migrations = [&] { configured(place, made); };
  unit::run_environment(loaded_, made);
  if (failure_) std::rethrow_exception(failure_);
  if (made.runs > 0) return;
  log::warning("revise.commands.environment",
               revise::quoted(loaded_.path) +
                   " did not call run_migrations(): nothing was done" +
                   (names_[place].empty() ? "" : " for " + names_[place]));
  go_on(place + 1);
}

void Calls::call_all(const std::string& path) {
  loaded_ = load(invocation_, project_, path);
  try {
    call(0);
  } catch (Error& error) {
    if (done_ > 0) {
      error.add_note(
          "run_migrations() was done before, and what it did stays; this failed after "
          "it");
    }
    throw;
  }
}

void Calls::run_plainly() {
  for (const auto& name : names_) configured_.push_back(configuration(name));
  body_(configured_);
}

// Two runs on one database would wait for each other for ever.
void check_apart(const Databases& databases) {
  std::map<std::string, std::string> names;
  for (const auto& database : databases) {
    const auto [known, is_new] = names.emplace(database.identity(), database.name);
    if (is_new || database.url.dialect.empty() || database.url.in_memory()) continue;
    throw ConfigError("the databases " + revise::quoted(known->second) + " and " +
                      revise::quoted(database.name) +
                      " are one database with one version table");
  }
}

}  // namespace

std::string environment_path(const Project& project) {
  return script::find_environment(project.scripts.locations().directory);
}

namespace {

void with_configurations(const Invocation& invocation, const Project& project,
                         const EnvironmentRequest& request, const Body& body) {
  Calls calls(invocation, project, request, chosen_names(invocation, project), body);
  const auto path = invocation.bundle ? std::string() : environment_path(project);
  const bool has_environment =
      invocation.bundle ? invocation.bundle->environment != nullptr : !path.empty();
  has_environment ? calls.call_all(path) : calls.run_plainly();
}

}  // namespace

void with_databases(const Invocation& invocation, const Project& project,
                    const EnvironmentRequest& request,
                    const std::function<void(const Databases& databases)>& body) {
  with_configurations(invocation, project, request, [&](const auto& configurations) {
    Databases databases;
    for (const auto& configuration : configurations) {
      databases.push_back(choose_database(invocation, project, configuration));
    }
    if (databases.size() > 1) check_apart(databases);
    body(databases);
  });
}

std::map<std::string, std::string> template_arguments(const Invocation& invocation,
                                                      const Project& project,
                                                      operations::Rendering rendering) {
  std::map<std::string, std::string> arguments;
  const EnvironmentRequest request{.rendering = rendering};
  with_configurations(invocation, project, request, [&](const auto& configurations) {
    for (const auto& each : configurations) {
      for (const auto& [name, value] : each.said.options.template_args) {
        arguments[name] = value;
      }
    }
  });
  return arguments;
}

std::vector<DatabaseRows> rows_of_databases(const Invocation& invocation,
                                            const Project& project) {
  std::vector<DatabaseRows> found;
  with_databases(invocation, project, {}, [&](const Databases& databases) {
    for (const auto& database : databases) {
      found.push_back({database, current_rows(database)});
    }
  });
  return found;
}

graph::Rows rows_of_all(const std::vector<DatabaseRows>& databases) {
  std::set<std::string> rows;
  for (const auto& each : databases) rows.insert(each.rows.begin(), each.rows.end());
  return {rows.begin(), rows.end()};
}

}  // namespace revise::commands
