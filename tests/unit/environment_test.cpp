/// An env.cpp from its source to what it said.

#include "engine/unit/environment.hpp"

#include <doctest/doctest.h>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "tests/unit/unit_project.hpp"

namespace {

using namespace revise;
using namespace revise::testing;

class EnvironmentProject {
 public:
  UnitProject project;

  // Writes one with `body` as its function's.
  void write(const std::string& body,
             const std::string& end = "REVISE_ENV(run)") const {
    write_text(path(),
               "#include <revise/env.hpp>\n#include <stdexcept>\nnamespace {\n"
               "using namespace revise;\n"
               "[[maybe_unused]] constexpr Revision revision{.revision = \"a\"};\n"
               "[[maybe_unused]] void unit(Operations&) {}\n"
               "[[maybe_unused]] void run([[maybe_unused]] Environment& context) {\n" +
                   body + "\n}\n}  // namespace\n" + end + "\n");
  }

  std::string path() const { return project.path("env.cpp"); }

  unit::LoadedEnvironment load() const {
    return unit::load_environment(unit::build_units(
        {
            {unit::kEnvironmentName, path(), unit::UnitKind::Environment}
    },
        project.settings));
  }

  // What was wrong; empty: nothing.
  std::string outcome(environment::Host& host) const {
    const auto error = unit_error_of([&] { unit::run_environment(load(), host); });
    return replace_all(error.substr(0, error.find('\n')), path(), "env.cpp");
  }
};

environment::Host host_of(operations::Rendering rendering) {
  environment::Host host;
  host.arguments = {
      {"tenant=blue", "bare"},
      "v1", "engine1", rendering
  };
  host.main_option = [](std::string_view name) -> std::optional<std::string> {
    if (name == "known") return "value";
    return std::nullopt;
  };
  host.section = [](std::string_view) {
    return std::map<std::string, std::string>{
        {"key", "of section"}
    };
  };
  host.revision = [] { return std::optional<std::string>("aaaa"); };
  host.starting_revision = [] { return std::optional<std::string>(); };
  host.heads = [] { return std::vector<std::string>{"aaaa", "bbbb"}; };
  host.run_migrations = [] {};
  return host;
}

}  // namespace

TEST_SUITE("unit/environment") {
  TEST_CASE("what an env.cpp is told and what it says go across") {
    const EnvironmentProject env;
    env.write(R"(
      std::string told = context.get_x_argument("tenant").value_or("-") + " " +
          context.get_x_argument(as_dictionary).at("bare") + " " +
          std::to_string(context.get_x_argument().size()) + " " +
          context.get_tag_argument().value_or("-") + " " + context.engine_name() + " " +
          context.get_revision_argument().value_or("-") + " " +
          context.get_starting_revision_argument().value_or("base") + " " +
          context.get_head_revisions().back() + " " +
          context.config().get_main_option("unknown", "default") + " " +
          context.config().get_section_option("s", "KEY").value_or("-");
      context.configure({.url = told, .transaction_per_migration = true,
                         .version_table = "v"});
      context.configure({.version_table_schema = context.get_x_argument("tenant"),
                         .postgresql_search_path = {"a", "b"}});
      context.execute("SELECT 1");
      context.run_migrations();)");
    auto host = host_of(operations::Rendering::Online);
    std::vector<std::string> statements;
    host.run_migrations = [&] { statements = host.statements; };
    REQUIRE(env.outcome(host) == "");
    CHECK(host.options.url.value_or("") ==
          "blue  2 v1 engine1 aaaa base bbbb default of section");
    CHECK(host.options.transaction_per_migration.is_true());
    CHECK(host.options.version_table.value_or("") == "v");
    CHECK(host.options.version_table_schema.value_or("") == "blue");
    CHECK(join(host.search_path, " ") == "a b");
    CHECK(join(statements, " ") == "SELECT 1");
    CHECK(host.runs == 1);
  }

  TEST_CASE("an env.cpp at fault is named, and the fault said") {
    const struct {
      std::string body;
      std::string expected;
    } rows[] = {
        {"throw std::runtime_error(\"no luck\");",
         "the unit 'env.cpp' threw std::runtime_error: no luck"                                           },
        {"throw 7;",                                                 "the unit 'env.cpp' threw int"       },
        {"no_such_thing();",                                         "the unit 'env.cpp' does not compile"},
        {"context.configure({.starting_rev = \"a\"});",
         "Can't specify current_rev to context when using a database connection"                          },
        {"context.configure({.literal_binds = true});",
         "Can't use literal_binds setting without as_sql mode"                                            },
        {"context.execute(\" \");",                                  "there is no statement to execute"   },
        {"context.run_migrations(); context.execute(\"SELECT 1\");",
         "'env.cpp' called execute() after run_migrations(), when the transaction was "
         "over; call it before, or from on_version_apply"                                                 },
    };
    const EnvironmentProject env;
    for (const auto& row : rows) {
      CAPTURE(row.body);
      env.write(row.body);
      auto host = host_of(operations::Rendering::Online);
      CHECK(env.outcome(host) == row.expected);
    }
  }

  TEST_CASE("what is for scripts alone is taken when one is written") {
    const EnvironmentProject env;
    env.write(
        "context.configure({.starting_rev = \"a\", .literal_binds = true});\n"
        "if (!context.is_offline_mode() || context.requires_connection()) throw 1;\n"
        "context.static_output(\"-- text\\n\");");
    auto host = host_of(operations::Rendering::Offline);
    CHECK(env.outcome(host) == "");
    CHECK(host.options.starting_rev.value_or("") == "a");
    CHECK(host.static_output == "-- text\n");
  }

  TEST_CASE(
      "an env.cpp with the entry of a unit, or with none, is told what it needs") {
    const EnvironmentProject env;
    auto host = host_of(operations::Rendering::Online);
    env.write("", "REVISE_UNIT(revision, unit, unit)");
    CHECK(env.outcome(host) ==
          "'env.cpp' ends with REVISE_UNIT, which is for revisions; it must end with "
          "REVISE_ENV(run_migrations)");
    env.write("", "");
    CHECK(env.outcome(host) ==
          "'env.cpp' must end with REVISE_ENV(run_migrations), where run_migrations is "
          "its function");
  }

  TEST_CASE("an env.cpp is compiled once, and again when it changes") {
    EnvironmentProject env;
    env.project.count_compiler_starts();
    env.write("context.run_migrations();");
    auto host = host_of(operations::Rendering::Online);
    CHECK(env.outcome(host) == "");
    CHECK(env.project.compiler_starts() > 0);
    CHECK(env.outcome(host) == "");
    CHECK(env.project.compiler_starts() == 0);
    env.write("context.run_migrations(); context.run_migrations();");
    CHECK(env.outcome(host) == "");
    CHECK(env.project.compiler_starts() > 0);
    CHECK(host.runs == 4);
  }
}
