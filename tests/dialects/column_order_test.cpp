#include "engine/dialects/column_order.hpp"

#include <doctest/doctest.h>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"

namespace {

using namespace revise;
using dialects::ColumnOrder;

bool is_same(std::string_view left, std::string_view right) { return left == right; }

ColumnOrder order_of(const std::string& names) {
  return {.table = "t", .names = split(names, ' '), .is_same = is_same};
}

// "b>a" is a new column b behind a, "b<a" one before a, "b" one at the end.
std::string added(const std::string& names, const std::string& columns) {
  ColumnOrder order = order_of(names);
  for (const auto& column : split(columns, ' ')) {
    const auto mark = column.find_first_of("<>");
    const auto name = column.substr(0, mark);
    const auto other = mark == column.npos ? "" : column.substr(mark + 1);
    const bool is_before = mark != column.npos && column[mark] == '<';
    const auto place =
        place_of(order, name, is_before ? other : "", is_before ? "" : other);
    order.names.insert(order.names.begin() + static_cast<std::ptrdiff_t>(place), name);
  }
  return join(order.names, " ");
}

std::string moved(const std::string& column, const std::string& before,
                  const std::string& after) {
  ColumnOrder order = order_of("a b c d");
  move_column(order, column, before, after);
  return join(order.names, " ");
}

std::string reordered(const std::vector<std::vector<std::string>>& rows) {
  ColumnOrder order = order_of("a b c d");
  reorder(order, rows);
  return join(order.names, " ");
}

}  // namespace

TEST_SUITE("dialects/column_order") {
  TEST_CASE("new columns stand where they are asked for, else at the end") {
    CHECK(added("a b", "n") == "a b n");
    CHECK(added("a b", "n<a m>a") == "n a m b");
    CHECK(added("a b", "n>a m>a l>n") == "a n l m b");
    CHECK_THROWS_WITH_AS(added("a b", "n>z"), "table 't' has no column 'z'", UnitError);
  }

  TEST_CASE("a column that there is moves, and stays where nothing is asked") {
    CHECK(moved("a", "", "c") == "b c a d");
    CHECK(moved("d", "a", "") == "d a b c");
    CHECK(moved("d", "c", "a") == "a d b c");
    CHECK(moved("b", "", "") == "a b c d");
    CHECK_THROWS_WITH_AS(moved("b", "b", ""), "column 'b' cannot stand beside itself",
                         UnitError);
    CHECK_THROWS_WITH_AS(moved("b", "a", "c"),
                         "column 'b' cannot stand after 'c' and before 'a'", UnitError);
  }

  TEST_CASE("rows order what they name, and leave the rest among it") {
    CHECK(reordered({}) == "a b c d");
    CHECK(reordered({
              {"d", "a"}
    }) == "b c d a");
    CHECK(reordered({
              {"b", "a"},
              {"d", "c"}
    }) == "b d a c");
    CHECK_THROWS_WITH_AS(reordered({
                             {"a", "b"},
                             {"b", "a"}
    }),
                         "the order asked for goes round in a circle: a, b", UnitError);
    CHECK_THROWS_WITH_AS(reordered({
                             {"a", "z"}
    }),
                         "table 't' has no column 'z'", UnitError);
  }
}
