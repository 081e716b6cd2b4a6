/// op.reverse() and operations of a user's own.

#include <doctest/doctest.h>

#include <revise/op.hpp>

#include "engine/core/error.hpp"
#include "engine/operations/reverse.hpp"
#include "tests/support/collecting_sink.hpp"

namespace {

using namespace revise;
using testing::CollectingSink;

void upgrade(Operations& op) {
  op.create_table("t", {Column("a", Integer)});
  op.create_index("i", "t", {"a"});
  op.alter_column("t", "a", {.nullable = false, .existing_nullable = true});
}

/// A table with its history beside it.
struct CreateTracked {
  const char* name;
  void apply(Operations& op) const {
    op.create_table(name, {Column("a", Integer)});
    op.create_table("history", {Column("a", Integer)});
  }
};

struct DropTracked {
  const char* name;
  void apply(Operations& op) const {
    op.execute("SELECT 'last look'");
    op.drop_table(name);
  }
};

struct Tracked {
  const char* name;
  void apply(Operations& op) const { CreateTracked{name}.apply(op); }
  DropTracked reverse() const { return {name}; }
};

// What `function` did, one after another.
template <typename Function>
std::string done_by(const Function& function) {
  CollectingSink sink;
  Operations op(sink);
  function(op);
  std::string names;
  for (const auto& operation : sink.operations) {
    names += operations::name_of(operation) + "; ";
  }
  return names + sink.blocks;
}

}  // namespace

TEST_SUITE("operations/reversing") {
  TEST_CASE("a function is undone from its last operation to its first") {
    CHECK(done_by([](Operations& op) { op.reverse(upgrade); }) ==
          "alter_column 'a'; drop_index 'i'; drop_table 't'; ");
    CHECK(done_by([](Operations& op) {
            op.reverse([](Operations& up) { up.rename_table("a", "b"); });
          }) == "rename_table 'b'; ");
    CHECK(done_by([](Operations& op) {
            op.reverse([](Operations& up) { up.reverse(upgrade); });
          }) == "create_table 't'; create_index 'i'; alter_column 'a'; ");
  }

  TEST_CASE("what cannot be undone is named before anything is done") {
    const auto refusal = [](void (*body)(Operations&)) {
      CollectingSink sink;
      Operations op(sink);
      std::string message;
      try {
        op.reverse(body);
      } catch (const UnitError& error) {
        message = error.what();
      }
      CHECK(sink.operations.empty());
      return message;
    };
    CHECK(refusal([](Operations& op) {
            op.create_table("t", {Column("a", Integer)});
            op.drop_table("gone");
          }) == "drop_table 'gone' has no reverse; write out what undoes it");
    CHECK(refusal([](Operations& op) {
            op.create_table("t", {}, {.if_not_exists = true});
          }) == "create_table 't' has no reverse; write out what undoes it");
    CHECK(refusal([](Operations& op) { op.execute("SELECT 1"); }) ==
          "execute has no reverse; write out what undoes it");
  }

  TEST_CASE("a batch that does more than its changes has no reverse") {
    const auto is_refused = [](const BatchAlterTableOptions& options) {
      const auto body = [&](Operations& op) {
        op.batch_alter_table("t", options, [](BatchOperations& batch) {
          batch.add_column(Column("b", Integer));
        });
      };
      try {
        return done_by([&](Operations& op) { op.reverse(body); });
      } catch (const UnitError& error) {
        return std::string(error.what());
      }
    };
    const std::string refusal =
        "batch_alter_table 't' has no reverse; write out what undoes it";
    CHECK(is_refused({.recreate = "always"}) == "batch_alter_table 't'; ");
    CHECK(is_refused({.reflect_args = {Column("a", String(5))}}) == refusal);
    CHECK(is_refused({.table_args = {UniqueConstraint({"a"})}}) == refusal);
    CHECK(is_refused({.table_kwargs = {.sqlite_strict = true}}) == refusal);
    CHECK(is_refused({.naming_convention = {{"uq", "uq_%(table_name)s"}}}) == refusal);
    CHECK(is_refused({.partial_reordering = {{"b", "a"}}}) == refusal);
  }

  TEST_CASE("a column that a batch moved has no known way back") {
    const auto move = [](Operations& op) {
      op.batch_alter_table("t", [](BatchOperations& batch) {
        batch.alter_column("a", {.insert_after = "b"});
      });
    };
    CHECK_THROWS_AS(done_by([&](Operations& op) { op.reverse(move); }), UnitError);
  }

  TEST_CASE("what is dropped with its old definition comes back") {
    CHECK(
        done_by([](Operations& op) {
          op.reverse([](Operations& up) {
            up.drop_table("t", {Column("a", Integer)});
            up.drop_column("u", Column("b", Integer));
            up.drop_index(Index("i", {"c"}), "u");
            up.drop_constraint(UniqueConstraint({"c"}, {.name = "q"}), "u");
          });
        }) ==
        "create_constraint 'q'; create_index 'i'; add_column 'b'; create_table 't'; ");
  }

  TEST_CASE("an added column takes its index with it") {
    CHECK(done_by([](Operations& op) {
            op.reverse([](Operations& up) {
              up.add_column("t", Column("a", Integer, {.index = true}));
            });
          }) == "drop_index 'ix_t_a'; drop_column 'a'; ");
  }

  TEST_CASE("blocks outside a transaction are undone in blocks") {
    CHECK(done_by([](Operations& op) {
            op.reverse([](Operations& up) {
              up.autocommit_block([&] { up.create_index("i", "t", {"a"}); });
            });
          }) == "drop_index 'i'; first()");
  }

  TEST_CASE("an operation of one's own is carried out, and undone as it says") {
    CHECK(done_by([](Operations& op) { op.invoke(Tracked{"t"}); }) ==
          "create_table 't'; create_table 'history'; ");
    CHECK(done_by([](Operations& op) {
            op.reverse([](Operations& up) { up.invoke(Tracked{"t"}); });
          }) == "execute; drop_table 't'; ");
    CHECK(done_by([](Operations& op) {
            op.reverse([](Operations& up) { up.invoke(CreateTracked{"t"}); });
          }) == "drop_table 'history'; drop_table 't'; ");
  }
}
