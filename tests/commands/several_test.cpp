/// Settings of one of several databases.

#include <doctest/doctest.h>

#include "engine/commands/arguments.hpp"
#include "engine/commands/database.hpp"
#include "engine/core/log.hpp"
#include "tests/commands/command_project.hpp"

using namespace revise;
using namespace revise::testing;

TEST_SUITE("commands/several") {
  TEST_CASE("[revise:NAME] overrides [revise] for that database alone") {
    const CommandProject project(
        "databases = one, two\n[one]\nsqlalchemy.url = sqlite:///one.db\n[two]\n"
        "sqlalchemy.url = sqlite:///two.db\n[revise]\nbusy_timeout = 1ms\n"
        "version_table = all\n[revise:two]\nbusy_timeout = 2ms\nversion_table = own\n");
    output::Console console(1, 2);
    const auto line = commands::parse_command_line(
        {"-c", project.path() + "/alembic.ini", "current"});
    commands::RevisionRequest request;
    const commands::Invocation invocation{console, line.arguments, request, "current"};
    const auto opened = commands::open_project(invocation, config::Need::All);
    log::set_sink({});
    const auto one = commands::choose_database(invocation, opened, {.name = "one"});
    const auto two = commands::choose_database(invocation, opened, {.name = "two"});
    CHECK(one.options.busy_timeout == std::chrono::milliseconds(1));
    CHECK(two.options.busy_timeout == std::chrono::milliseconds(2));
    CHECK(one.settings.version_table.name == "all");
    CHECK(two.settings.version_table.name == "own");
  }
}
