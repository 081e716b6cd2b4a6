/// Types that tables bring along and leave: the same from a run and from a script.

#include <doctest/doctest.h>

#include <revise/batch.hpp>

#include "tests/migration/scripts.hpp"

namespace {

using namespace revise;
using namespace revise::testing;

const char* const kTypes =
    "SELECT typname FROM pg_type WHERE typtype IN ('d', 'e') AND typnamespace = "
    "'public'::regnamespace ORDER BY 1";

// The named types after each of `units`, run one by one, ';' between.
std::string types_after(const std::vector<Unit>& units) {
  if (!tests_dialect("postgresql")) return {};
  const TestDatabase online("postgresql");
  const TestDatabase offline("postgresql");
  Chain chain;
  std::vector<std::string> told;
  std::string row;
  for (const auto& unit : units) {
    const std::string id(1, static_cast<char>('a' + chain.revisions.size()));
    chain.revisions.emplace_back(id, unit);
    REQUIRE(outcome_of(run_of(online, chain)) == "done");
    run_script(offline, chain, row);
    told.push_back(online.select(kTypes));
    CHECK(offline.select(kTypes) == told.back());
    row = id;
  }
  return join(told, ";");
}

void check_types(const std::vector<Unit>& units, const std::string& expected) {
  if (!tests_dialect("postgresql")) return;
  CHECK(types_after(units) == expected);
}

Enum mood() { return Enum({"sad", "ok"}, {.name = "mood"}); }

void drop_t(Operations& op) { op.drop_table("t"); }

}  // namespace

TEST_SUITE("migration/enum_types") {
  TEST_CASE("an enum goes with the last table that used it") {
    check_types(
        {[](Operations& op) {
           op.create_table("t", {Column("a", mood())});
           op.create_table("u", {Column("a", mood()), Column("b", ARRAY(mood()))});
         },
         drop_t, [](Operations& op) { op.drop_table("u"); }},
        "mood;mood;");
  }

  TEST_CASE("a type that is there already is used by the next table") {
    check_types({[](Operations& op) { op.create_table("t", {Column("a", mood())}); },
                 [](Operations& op) {
                   op.create_table("u", {Column("a", mood())});
                   op.add_column("u", Column("b", mood()));
                   op.execute("INSERT INTO u VALUES ('sad', 'ok')");
                 }},
                "mood;mood");
  }

  TEST_CASE("a step may drop the type itself, and make another of the same name") {
    check_types({[](Operations& op) { op.create_table("t", {Column("a", mood())}); },
                 [](Operations& op) {
                   op.drop_table("t");
                   op.execute("DROP TYPE mood");
                 },
                 [](Operations& op) { op.create_table("t", {Column("a", mood())}); },
                 [](Operations& op) {
                   op.drop_table("t");
                   const Enum other({"glad"}, {.name = "mood"});
                   op.create_table("t", {Column("a", other)});
                   op.execute("INSERT INTO t VALUES ('glad')");
                 }},
                "mood;;mood;mood");
  }

  TEST_CASE("a type that anything else uses stays") {
    check_types({[](Operations& op) {
                   op.create_table("t", {Column("a", mood())});
                   op.execute(
                       "CREATE FUNCTION f(mood) RETURNS int LANGUAGE sql "
                       "RETURN 1");
                 },
                 drop_t},
                "mood;mood");
  }

  TEST_CASE("where the table is told, the types that it made go, and no others") {
    const auto create = [](Operations& op) {
      op.execute("CREATE TYPE old AS ENUM ('x')");
      op.create_table(
          "t",
          {Column("a", postgresql::DOMAIN("small", Integer, {.check = "VALUE < 9"})),
           Column("b", postgresql::ENUM({"x"}, {.name = "old", .create_type = false})),
           Column("c", ARRAY(mood()))});
    };
    check_types(
        {create,
         [](Operations& op) {
           op.reverse([](Operations& back) {
             back.create_table(
                 "t", {Column("a", postgresql::DOMAIN("small", Integer)),
                       Column("b", postgresql::ENUM(
                                       {"x"}, {.name = "old", .create_type = false})),
                       Column("c", ARRAY(mood()))});
           });
         }},
        "mood,old,small;old");
  }

  TEST_CASE("an added column takes its type along when it is told on its way out") {
    const auto add = [](Operations& op) { op.add_column("t", Column("b", mood())); };
    check_types({[](Operations& op) { op.create_table("t", {Column("a", Integer)}); },
                 add, [add](Operations& op) { op.reverse(add); }, add,
                 [](Operations& op) { op.drop_column("t", "b"); }},
                ";mood;;mood;mood");
  }

  TEST_CASE("a batch does with types what its operations do") {
    const auto add = [](Operations& op) {
      op.batch_alter_table(
          "t", [](BatchOperations& batch) { batch.add_column(Column("b", mood())); });
    };
    check_types({[](Operations& op) { op.create_table("t", {Column("a", Integer)}); },
                 add, [add](Operations& op) { op.reverse(add); }},
                ";mood;");
  }

  TEST_CASE("a type that lacks a value of the unit's is refused") {
    if (!tests_dialect("postgresql")) return;
    const TestDatabase database("postgresql");
    Chain chain;
    chain.revisions = {
        {"a", executes("CREATE TYPE mood AS ENUM ('sad')")                       },
        {"b", [](Operations& op) { op.create_table("t", {Column("a", mood())}); }},
    };
    const std::string told = outcome_of(run_of(database, chain));
    CAPTURE(told);
    CHECK(told.find("type mood already exists, without the values: ok") !=
          std::string::npos);
  }
}
