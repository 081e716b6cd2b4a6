/// What is told of an error, and the status that goes with it.

#include "engine/commands/failure.hpp"

#include <doctest/doctest.h>

#include <stdexcept>

#include "engine/core/error.hpp"

using namespace revise;
using namespace revise::commands;

TEST_SUITE("commands/failure") {
  TEST_CASE("each family of errors has its status") {
    CHECK(describe_failure(Error("x"), {}, Detail::Message).exit_status == 1);
    CHECK(describe_failure(DatabaseError("x"), {}, Detail::Message).exit_status == 1);
    CHECK(describe_failure(UsageError("x"), {}, Detail::Message).exit_status == 2);
    CHECK(describe_failure(Interrupted(15), {}, Detail::Message).exit_status == 143);
    CHECK(describe_failure(std::runtime_error("x"), {}, Detail::Message).text ==
          "FAILED: internal error: x\n");
  }

  TEST_CASE("the message stands alone on its line, notes follow indented") {
    Error error("no such table 'a'");
    error.add_note("nothing was changed");
    error.add_note("1 | SELECT\n  |   ^");
    CHECK(
        describe_failure(error, {}, Detail::Message).text ==
        "FAILED: no such table 'a'\n  nothing was changed\n  1 | SELECT\n    |   ^\n");
  }

  TEST_CASE(
      "a setting is told with its file, and a compiler's words as it wrote them") {
    CHECK(describe_failure(ConfigError("bad value", "alembic.ini", 7), {},
                           Detail::Message)
              .text == "FAILED: bad value\n  in alembic.ini:7\n");
    CHECK(describe_failure(ConfigError("alembic.ini:7: bad", "alembic.ini", 7), {},
                           Detail::Message)
              .text == "FAILED: alembic.ini:7: bad\n");
    CHECK(describe_failure(UnitError("unit 'a'", "a.cpp", "a.cpp:1: error: b"), {},
                           Detail::Message)
              .text == "FAILED: unit 'a'\na.cpp:1: error: b\n");
  }

  TEST_CASE("a server's code, detail and hint are told, each once") {
    DatabaseError error("no database",
                        {.code = "3D000", .detail = "none", .hint = "h"});
    CHECK(describe_failure(error, {}, Detail::Message).text ==
          "FAILED: no database\n  code: 3D000\n  detail: none\n  hint: h\n");
    error.add_note("code: 3D000");
    CHECK(describe_failure(error, {}, Detail::Message).text ==
          "FAILED: no database\n  detail: none\n  hint: h\n  code: 3D000\n");
  }

  TEST_CASE("a database's hint is told, once") {
    DatabaseError error("no database", {.hint = "look elsewhere"});
    CHECK(describe_failure(error, {}, Detail::Message).text ==
          "FAILED: no database\n  hint: look elsewhere\n");
    error.add_note("hint: look elsewhere");
    CHECK(describe_failure(error, {}, Detail::Message).text ==
          "FAILED: no database\n  hint: look elsewhere\n");
  }

  TEST_CASE("contexts are told on --raiseerr alone") {
    Error error("lost");
    error.add_context("opening the database");
    error.add_context("running upgrade");
    CHECK(describe_failure(error, {}, Detail::Message).text == "FAILED: lost\n");
    CHECK(describe_failure(error, {}, Detail::Contexts).text ==
          "FAILED: lost\n  while opening the database\n  while running upgrade\n");
  }

  TEST_CASE("Alembic's text depends on the command") {
    const RevisionError error(
        RevisionErrorKind::MultipleHeads,
        "Multiple heads are present for given argument 'head'; a, b", "head",
        {"a", "b"});
    CHECK(describe_failure(error, {RevisionUse::Stamp}, Detail::Message).text ==
          "FAILED: Multiple heads are present; please specify a single target "
          "revision\n");
    CHECK(
        describe_failure(error, {RevisionUse::NewRevision}, Detail::Message).text ==
        "FAILED: Multiple heads are present; please specify the head revision on which "
        "the new revision should be based, or perform a merge.\n");
  }
}
