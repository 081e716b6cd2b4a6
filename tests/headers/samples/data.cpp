// A unit that moves data.

#include <revise/data.hpp>
#include <revise/op.hpp>

namespace {

using namespace revise;

constexpr Revision revision{.revision = "27c6a30d7c24",
                            .down_revision = "ae1027a6acf9"};

struct Person {
  std::int64_t id;
  std::string name;
};

void upgrade(Operations& op) {
  const auto account =
      table("account", column<std::int64_t>("id"), column<std::string>("name"));
  op.bulk_insert(account, {
                              {1, "ed"},
                              {2, "jo"}
  });
  op.bulk_insert(account, std::vector<Person>{
                              {3, "al"}
  });
  for (const auto& [id, name] : op.query<std::int64_t, std::string>(
           "SELECT id, name FROM account WHERE id > :low", {
                                                               {"low", 10}
  })) {
    op.execute("UPDATE account SET name = :name WHERE id = :id",
               {
                   {"name", name + "!"},
                   {"id",   id        }
    });
  }
}

void downgrade(Operations& op) {
  for (const auto& [note, bytes] :
       op.query<std::optional<std::string>, std::vector<std::byte>>("SELECT 1, 2")) {
    if (note.has_value())
      op.execute("DELETE FROM t WHERE a = :a", {
                                                   {"a", bytes}
      });
  }
  using namespace std::chrono;
  const auto event =
      table("event", column<sys_days>("day"), column<local_time<microseconds>>("wall"),
            column<sys_time<microseconds>>("at"), column<seconds>("took"),
            column<UuidValue>("id"), column<std::optional<year_month_day>>("until"),
            column<std::vector<std::optional<int>>>("tags"));
  op.bulk_insert(event,
                 {
                     {sys_days(2020y / January / 2), local_days(), sys_seconds(),
                      minutes(1), UuidValue(), none, std::vector{std::optional(1)}}
  });
  for (const auto& [id, day, tags] :
       op.query<UuidValue, sys_days, std::vector<std::vector<std::string>>>(
           "SELECT id, day, tags FROM event WHERE day > :day",
           {
               {"day", sys_days(2020y / January / 1)}
  })) {
    op.execute("DELETE FROM event WHERE id = :id AND tags = :tags AND day = :day",
               {
                   {"id",   id  },
                   {"tags", tags},
                   {"day",  day }
    });
  }
}

}  // namespace

REVISE_UNIT(revision, upgrade, downgrade)
