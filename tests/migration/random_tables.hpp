/// Random tables with what PostgreSQL's tables may have, as SQL.

#pragma once

#include <string>
#include <vector>

#include "tests/batch/random.hpp"

namespace revise::testing {

struct RandomTable {
  std::string name;
  std::vector<std::string> columns;  ///< unquoted, in their order; "key" among them
  std::string sql;           ///< all that makes it, in the schema s, and its rows
  bool is_unlogged = false;  ///< none but unlogged ones may refer to it
};

/// What those tables need besides: the schema s, types, functions.
extern const char* const kRandomTableNeeds;

/// Its foreign keys lead to itself and to `others`, tables that were made before.
RandomTable random_table(const std::string& name,
                         const std::vector<std::string>& others, Random& random);

/// The columns in some other order.
std::vector<std::string> shuffled(std::vector<std::string> columns, Random& random);

}  // namespace revise::testing
