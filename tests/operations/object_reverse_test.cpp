/// What undoes an operation on what is no table, and what has no reverse.

#include "engine/operations/object_reverse.hpp"

#include <doctest/doctest.h>

#include <revise/op.hpp>

#include "engine/operations/reverse.hpp"
#include "engine/operations/routine_arguments.hpp"
#include "tests/support/collecting_sink.hpp"

namespace {

using namespace revise;
using operations::reverse;

/// The names of what undoes `call`; "none" where nothing does.
std::string undone_by(void (*call)(Operations& op)) {
  testing::CollectingSink sink("postgresql");
  Operations op(sink);
  call(op);
  REQUIRE(sink.operations.size() == 1);
  const auto back = reverse(sink.operations.front());
  if (!back) return "none";
  std::string names;
  for (const auto& one : *back) names += operations::name_of(one);
  return names;
}

const char* const kView = "SELECT 1 AS a";

}  // namespace

TEST_SUITE("operations/object_reverse") {
  TEST_CASE("what is made is dropped") {
    CHECK(undone_by([](Operations& op) { op.create_enum("e", {"a"}); }) ==
          "drop_enum 'e'");
    CHECK(undone_by([](Operations& op) { op.create_view("v", kView); }) ==
          "drop_view 'v'");
    CHECK(undone_by([](Operations& op) { op.create_materialized_view("m", kView); }) ==
          "drop_materialized_view 'm'");
    CHECK(undone_by([](Operations& op) {
            op.create_procedure("p", "BEGIN END", {.language = "plpgsql"});
          }) == "drop_procedure 'p'");
    CHECK(undone_by([](Operations& op) { op.create_extension("x"); }) ==
          "drop_extension 'x'");
    CHECK(undone_by([](Operations& op) { op.create_policy("p", "t"); }) ==
          "drop_policy 'p'");
    CHECK(undone_by([](Operations& op) { op.grant({"select"}, "t", {"ed"}); }) ==
          "revoke 't'");
    CHECK(undone_by([](Operations& op) { op.disable_row_security("t"); }) ==
          "enable_row_security 't'");
  }

  TEST_CASE("what may have been there already has no reverse") {
    CHECK(undone_by([](Operations& op) {
            op.create_enum("e", {"a"}, {.checkfirst = true});
          }) == "none");
    CHECK(undone_by([](Operations& op) {
            op.create_schema("s", {.if_not_exists = true});
          }) == "none");
    CHECK(undone_by([](Operations& op) {
            op.create_extension("x", {.if_not_exists = true});
          }) == "none");
    CHECK(undone_by([](Operations& op) {
            op.create_sequence("q", {.if_not_exists = true});
          }) == "none");
    CHECK(undone_by([](Operations& op) {
            op.drop_view("v", {.if_exists = true, .existing_definition = kView});
          }) == "none");
  }

  TEST_CASE("what is not known has no reverse") {
    CHECK(undone_by([](Operations& op) { op.add_enum_value("e", "a"); }) == "none");
    CHECK(undone_by([](Operations& op) { op.drop_enum("e"); }) == "none");
    CHECK(undone_by([](Operations& op) { op.drop_view("v"); }) == "none");
    CHECK(undone_by([](Operations& op) { op.replace_view("v", kView); }) == "none");
    CHECK(undone_by([](Operations& op) {
            op.create_function("f", kView, {.or_replace = true, .language = "sql"});
          }) == "none");
    CHECK(undone_by([](Operations& op) { op.alter_sequence("q", {.restart = 1}); }) ==
          "none");
    CHECK(undone_by([](Operations& op) { op.refresh_materialized_view("m"); }) ==
          "none");
  }

  TEST_CASE("what took others along has no reverse") {
    CHECK(undone_by([](Operations& op) {
            op.drop_view("v", {.cascade = true, .existing_definition = kView});
          }) == "none");
    CHECK(undone_by([](Operations& op) {
            op.revoke({"select"}, "t", {"ed"}, {.cascade = true});
          }) == "none");
    CHECK(undone_by([](Operations& op) {
            op.create_extension("x", {.cascade = true});
          }) == "none");
  }

  TEST_CASE("what is dropped is made again by its definition") {
    CHECK(undone_by([](Operations& op) {
            op.drop_view("v", {.existing_definition = kView});
          }) == "create_view 'v'");
    CHECK(undone_by([](Operations& op) {
            op.drop_view("v", {.existing_definition = "CREATE VIEW v AS SELECT 1"});
          }) == "execute");
    CHECK(undone_by([](Operations& op) {
            op.drop_enum("e", {.existing_values = {"a"}});
          }) == "create_enum 'e'");
    CHECK(undone_by([](Operations& op) {
            op.drop_trigger("t", "a", {.existing_definition = "CREATE TRIGGER ..."});
          }) == "execute");
  }

  TEST_CASE("a function is dropped by its arguments without their defaults") {
    using operations::without_defaults;
    CHECK(without_defaults("") == "");
    CHECK(without_defaults("a integer, b text DEFAULT 'x, y', c int = f(1, 2)") ==
          "a integer, b text, c int");
    CHECK(without_defaults("\"default\" numeric(10, 2) default 1.5") ==
          "\"default\" numeric(10, 2)");
    CHECK(without_defaults("defaults text[] = ARRAY['a', 'b'], VARIADIC r int[]") ==
          "defaults text[], VARIADIC r int[]");
    CHECK(without_defaults("INOUT a text DEFAULT 'it''s, so'") == "INOUT a text");
  }
}
