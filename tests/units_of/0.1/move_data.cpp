// move rows

#include <cstdint>
#include <optional>
#include <revise/data.hpp>
#include <revise/op.hpp>
#include <string>
#include <vector>

namespace {

using namespace revise;

constexpr Revision revision{.revision = "4b4b4b4b4b4b",
                            .down_revision = "3a3a3a3a3a3a"};

struct Row {
  int id;
  std::string name;
};

void upgrade(Operations& op) {
  const auto account = table("account", column<std::int64_t>("id"),
                             column<std::optional<std::string>>("name"));
  op.bulk_insert(account, {
                              {1, "ed's"},
                              {2, none  }
  });
  op.bulk_insert(account, std::vector<Row>{
                              {3, "jo"}
  });
  op.execute("UPDATE account SET name = 'a:b' WHERE id > :low AND name = :name",
             {
                 {"low",  10    },
                 {"name", "it's"}
  });
  op.execute("DELETE FROM account WHERE name = ':none'");
  for (const auto& [id, name] : op.query<std::int64_t, std::optional<std::string>>(
           "SELECT id, name FROM account WHERE id > :low", {
                                                               {"low", 10}
  })) {
    op.execute("UPDATE account SET name = :name WHERE id = :id",
               {
                   {"name", name},
                   {"id",   id  }
    });
  }
}

void downgrade(Operations& op) { op.execute(text("DELETE FROM account")); }

}  // namespace

REVISE_UNIT(revision, upgrade, downgrade)
