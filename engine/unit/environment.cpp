#include "engine/unit/environment.hpp"

#include <utility>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/operations/arena.hpp"
#include "engine/operations/handles.hpp"
#include "engine/unit/guarded.hpp"

namespace revise {

namespace {

std::optional<std::string> copy_of(const std::optional<std::string_view>& text) {
  if (!text) return std::nullopt;
  return std::string(*text);
}

template <typename Value>
void take(Value& kept, const Value& given, bool is_given) {
  if (is_given) kept = given;
}

template <typename Value>
void take(std::optional<Value>& kept, const std::optional<Value>& given) {
  take(kept, given, given.has_value());
}

void take(Flag& kept, const Flag& given) { take(kept, given, given.is_set()); }

}  // namespace

std::optional<std::string> Config::get_main_option(std::string_view name) const {
  return host_.main_option(name);
}

std::string Config::get_main_option(std::string_view name,
                                    std::string default_value) const {
  return host_.main_option(name).value_or(std::move(default_value));
}

std::optional<std::string> Config::get_section_option(std::string_view section,
                                                      std::string_view name) const {
  const auto options = host_.section(section);
  const auto found = options.find(lower(name));
  if (found == options.end()) return std::nullopt;
  return found->second;
}

std::map<std::string, std::string> Config::get_section(std::string_view name) const {
  return host_.section(name);
}

std::string Config::config_file_name() const { return host_.config_file; }
std::string Config::config_ini_section() const { return host_.config_section; }

bool Environment::is_offline_mode() const {
  return host_.arguments.rendering == operations::Rendering::Offline;
}
bool Environment::requires_connection() const { return !is_offline_mode(); }
bool Environment::is_transactional_ddl() const {
  return host_.is_transactional_ddl && !host_.options.transactional_ddl.is_false();
}

std::vector<std::string> Environment::get_x_argument() const {
  return host_.arguments.x_arguments;
}
std::map<std::string, std::string> Environment::get_x_argument(AsDictionary) const {
  return operations::x_dictionary(host_.arguments.x_arguments);
}
std::optional<std::string> Environment::get_x_argument(std::string_view name) const {
  return copy_of(operations::find_x_argument(host_.arguments.x_arguments, name));
}

std::optional<std::string> Environment::get_tag_argument() const {
  return host_.options.tag ? host_.options.tag : host_.arguments.tag;
}
std::optional<std::string> Environment::get_revision_argument() const {
  return host_.revision();
}
std::optional<std::string> Environment::get_starting_revision_argument() const {
  return host_.starting_revision();
}

std::vector<std::string> Environment::get_head_revisions() const {
  return host_.heads();
}
std::optional<std::string> Environment::get_head_revision() const {
  const auto heads = host_.heads();
  if (heads.empty()) return std::nullopt;
  if (heads.size() == 1) return heads.front();
  throw RevisionError(RevisionErrorKind::MultipleHeads,
                      "Multiple heads are present: " + join(heads, ", ") +
                          "; get_head_revisions() gives them all",
                      "head", heads);
}

std::string Environment::engine_name() const { return host_.arguments.engine_name; }

// Alembic's words, for what only one of the two modes can do.
void Environment::configure(const ConfigureOptions& options) {
  if (!is_offline_mode() && options.starting_rev) {
    throw UnitError(
        "Can't specify current_rev to context when using a database "
        "connection");
  }
  if (!is_offline_mode() && options.literal_binds.is_true()) {
    throw UnitError("Can't use literal_binds setting without as_sql mode");
  }
  auto& kept = host_.options;
  take(kept.url, options.url);
  take(kept.dialect_name, options.dialect_name);
  take(kept.transactional_ddl, options.transactional_ddl);
  take(kept.transaction_per_migration, options.transaction_per_migration);
  take(kept.output_buffer, options.output_buffer, options.output_buffer.is_set());
  take(kept.starting_rev, options.starting_rev);
  take(kept.tag, options.tag);
  for (const auto& [name, value] : options.template_args) {
    kept.template_args[name] = value;
  }
  take(kept.on_version_apply, options.on_version_apply,
       !options.on_version_apply.list().empty());
  take(kept.version_table, options.version_table);
  take(kept.version_table_schema, options.version_table_schema);
  take(kept.version_table_pk, options.version_table_pk);
  take(kept.postgresql_lock_timeout, options.postgresql_lock_timeout);
  take(kept.postgresql_role, options.postgresql_role);
  take(kept.postgresql_statement_timeout, options.postgresql_statement_timeout);
  auto path = operations::names_of(options.postgresql_search_path);
  if (!path.empty()) host_.search_path = std::move(path);
  auto naming =
      operations::named_values_of(options.target_metadata.naming_convention());
  if (!naming.empty()) host_.naming_convention = std::move(naming);
}

void Environment::run_migrations() {
  ++host_.runs;
  host_.run_migrations();
  host_.statements.clear();
  host_.static_output.clear();
}

void Environment::execute(std::string_view sql) {
  if (strip(sql).empty()) throw UnitError("there is no statement to execute");
  host_.statements.emplace_back(sql);
}

void Environment::static_output(std::string_view text) { host_.static_output += text; }

}  // namespace revise

namespace revise::unit {

void check_abi(const LoadedEnvironment& environment) {
  if (environment.entry->abi == kEnvAbi) return;
  if (environment.entry->abi == kUnitAbi) {
    throw UnitError(quoted(environment.path) +
                        " ends with REVISE_UNIT, which is for revisions; it must end "
                        "with REVISE_ENV(run_migrations)",
                    environment.path);
  }
  throw UnitError(quoted(environment.path) +
                      " was compiled for an env.cpp of another revise; compile it "
                      "against the headers of this one",
                  environment.path);
}

void run_environment(const LoadedEnvironment& environment, environment::Host& host) {
  operations::Arena arena;
  const operations::ArenaScope scope(arena);
  Environment context(host);
  run_guarded("env.cpp", environment.path, [&] { environment.entry->run(context); });
  if (!host.statements.empty()) {
    throw UnitError(
        quoted(environment.path) +
            " called execute() after run_migrations(), when the "
            "transaction was over; call it before, or from on_version_apply",
        environment.path);
  }
}

}  // namespace revise::unit
