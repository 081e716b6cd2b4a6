/// Names by a naming convention. The expected ones are SQLAlchemy 2.0's.

#include "engine/schema/naming.hpp"

#include <doctest/doctest.h>

#include "engine/core/error.hpp"

namespace {

using namespace revise;
using namespace revise::schema;

const NamedValues kUsual = {
    {"ix", "ix_%(column_0_label)s"                                      },
    {"uq", "uq_%(table_name)s_%(column_0_name)s"                        },
    {"ck", "ck_%(table_name)s_%(constraint_name)s"                      },
    {"fk", "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s"},
    {"pk", "pk_%(table_name)s"                                          }
};

std::string named(Constraint constraint, const NamedValues& convention,
                  std::size_t max_bytes = 0) {
  const Table table{.name = "user", .schema = "s.x"};
  apply_naming(constraint, table, {convention, max_bytes});
  return std::visit([](const auto& one) { return one.name; }, constraint);
}

std::string unique_named(const std::string& pattern) {
  return named(
      UniqueConstraint{
          .columns = {"a", "b", "c"}
  },
      {{"uq", pattern}});
}

}  // namespace

TEST_SUITE("schema/naming") {
  TEST_CASE("what has no name gets one by the convention of its kind") {
    CHECK(named(
              UniqueConstraint{
                  .columns = {"a", "b"}
    },
              kUsual) == "uq_user_a");
    CHECK(named(PrimaryKeyConstraint{.columns = {"a"}}, kUsual) == "pk_user");
    CHECK(named(ForeignKeyConstraint{.columns = {"a"},
                                     .referent_table = "other",
                                     .referent_columns = {"id"}},
                kUsual) == "fk_user_a_other");
    CHECK(named(UniqueConstraint{.columns = {"a"}}, {}) == "");
    CHECK(named(ExcludeConstraint{}, kUsual) == "");
  }

  TEST_CASE("a given name stays, unless the convention is made of it") {
    CHECK(named(UniqueConstraint{.name = "mine", .columns = {"a"}}, kUsual) == "mine");
    CHECK(named(CheckConstraint{.name = "adult"}, kUsual) == "ck_user_adult");
    CHECK(named(CheckConstraint{.name = "adult", .name_is_final = true}, kUsual) ==
          "adult");
    CHECK_THROWS_WITH_AS(named(CheckConstraint{}, kUsual),
                         "Naming convention including %(constraint_name)s token "
                         "requires that constraint is explicitly named.",
                         UnitError);
    CHECK(name_by_convention("ck_user_adult", "ck", {.name = "user"}, {kUsual}) ==
          "ck_user_ck_user_adult");
  }

  TEST_CASE("a convention is applied once, however often it is asked for") {
    Constraint check = CheckConstraint{.name = "adult"};
    const Table table{.name = "user"};
    apply_naming(check, table, {kUsual});
    apply_naming(check, table, {kUsual});
    CHECK(std::get<CheckConstraint>(check).name == "ck_user_adult");
  }

  TEST_CASE("tokens name columns one by one, run together or joined") {
    CHECK(unique_named("%(column_0_name)s") == "a");
    CHECK(unique_named("%(column_2_key)s") == "c");
    CHECK(unique_named("%(column_7_name)s") == "");
    CHECK(unique_named("%(column_0N_name)s") == "abc");
    CHECK(unique_named("%(column_0_N_name)s") == "a_b_c");
    CHECK(unique_named("%(column_1_N_name)s") == "b_c");
    CHECK(unique_named("%(column_0_label)s") == "s_x_user_a");
    CHECK(unique_named("100%%_%(table_name)s") == "100%_user");
    CHECK(named(
              ForeignKeyConstraint{
                  .columns = {"a"  },
                  .referent_table = "other",
                  .referent_columns = { "id", "no"}
    },
              {{"fk", "%(referred_column_0_N_name)s"}}) == "id_no");
  }

  TEST_CASE("names that a convention makes are cut as SQLAlchemy cuts them") {
    const std::string column(70, 'x');
    CHECK(named(UniqueConstraint{.columns = {column}}, kUsual, 63) ==
          "uq_user_" + std::string(47, 'x') + "_31c7");
    CHECK(named(UniqueConstraint{.name = column, .columns = {"a"}}, kUsual, 63) ==
          column);
  }

  TEST_CASE("columns' own indexes, constraints and checks are named too") {
    Table table{
        .name = "user",
        .columns = {{.name = "id", .primary_key = true},
                    {.name = "email", .index = true, .unique = true},
                    {.name = "login", .unique = true},
                    {.name = "on",
                     .type = BooleanType{.create_constraint = true, .name = "on"}},
                    {.name = "way",
                     .type = EnumType{.values = {"up"},
                                      .name = "way",
                                      .create_constraint = true,
                                      .name_is_final = true}}}
    };
    apply_naming(table, {kUsual});
    CHECK(table.columns[1].index_name == "ix_user_email");
    CHECK(table.columns[2].unique_name == "uq_user_login");
    CHECK(table.columns[3].type_check_name == "ck_user_on");
    CHECK(table.columns[4].type_check_name == "way");
    CHECK(primary_key_of(table).name == "pk_user");
  }

  TEST_CASE("a key or a token that there is not is refused") {
    CHECK_NOTHROW(check_convention(kUsual));
    CHECK_THROWS_WITH_AS(check_convention({
                             {"ex", "x"}
    }),
                         "a naming convention has the keys ix, uq, ck, fk and pk, not "
                         "'ex'",
                         UnitError);
    for (const char* pattern :
         {"%(table)s", "%(column_name)s", "50%", "%(column_0_)s"}) {
      CAPTURE(std::string(pattern));
      CHECK_THROWS_AS(check_convention({
                          {"uq", pattern}
      }),
                      UnitError);
    }
  }
}
