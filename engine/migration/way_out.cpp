#include "engine/migration/way_out.hpp"

#include <algorithm>
#include <string_view>

#include "engine/core/text.hpp"

namespace revise::migration {

namespace {

enum class Fault {
  None,
  LockTable,
  Deadlock,
  Conflict,
  Exists,
  Absent,
  Right,
  ReadOnly
};

// By SQLSTATE, https://www.postgresql.org/docs/15/errcodes-appendix.html; SQLite has
// one code for all of these, and its words, which are never translated.
struct Sign {
  std::string_view code;
  std::string_view words;
  Fault fault;
};
constexpr Sign kSigns[] = {
    {"53200", "",                        Fault::LockTable},
    {"40P01", "",                        Fault::Deadlock },
    {"40001", "",                        Fault::Conflict },
    {"42P06", "",                        Fault::Exists   }, // schema
    {"42P07", "",                        Fault::Exists   }, // table, index
    {"42701", "",                        Fault::Exists   }, // column
    {"42710", "",                        Fault::Exists   }, // constraint, type
    {"42723", "",                        Fault::Exists   }, // function
    {"3F000", "",                        Fault::Absent   }, // schema
    {"42P01", "",                        Fault::Absent   }, // table
    {"42703", "",                        Fault::Absent   }, // column
    {"42704", "",                        Fault::Absent   }, // index, constraint, type
    {"42501", "",                        Fault::Right    },
    {"25006", "",                        Fault::ReadOnly },
    {"1",     " already exists",         Fault::Exists   },
    {"1",     "duplicate column name: ", Fault::Exists   },
    {"1",     "no such table: ",         Fault::Absent   },
    {"1",     "no such index: ",         Fault::Absent   },
    {"1",     "no such column: ",        Fault::Absent   },
};

Fault fault_of(const DatabaseError& error) {
  const std::string_view message = error.what();
  for (const auto& sign : kSigns) {
    if (sign.code == error.code() && message.find(sign.words) != message.npos) {
      return sign.fault;
    }
  }
  return Fault::None;
}

// The longer beginning first. https://www.postgresql.org/docs/15/ddl-priv.html
struct Right {
  std::string_view beginning;  // of the statement
  std::string_view taken;
};
constexpr Right kRights[] = {
    {"CREATE SCHEMA",    "CREATE on the database"                                 },
    {"CREATE EXTENSION", "CREATE on the database, or a superuser"                 },
    {"CREATE INDEX",     "to own the table, and CREATE on its schema"             },
    {"CREATE UNIQUE",    "to own the table, and CREATE on its schema"             },
    {"CREATE TRIGGER",   "TRIGGER on the table"                                   },
    {"CREATE TABLE",
     "CREATE on the schema, and REFERENCES on each table that is referred to"     },
    {"CREATE",           "CREATE on the schema"                                   },
    {"ALTER TABLE",
     "to own the table, and REFERENCES on each table that is referred to"         },
    {"SELECT",           "SELECT on the table, and USAGE on its schema"           },
    {"INSERT",           "INSERT on the table, and USAGE on its schema"           },
    {"UPDATE",           "UPDATE and SELECT on the table, and USAGE on its schema"},
    {"DELETE",           "DELETE and SELECT on the table, and USAGE on its schema"},
    {"LOCK TABLE",       "SELECT, INSERT, UPDATE and DELETE on the table"         },
    {"DROP",             "to own what is dropped"                                 },
    {"COMMENT",          "to own what the comment is on"                          },
    {"SET",              "to be a member of the role"                             },
};

std::string missing_right(std::string_view statement) {
  const std::string lowered = lower(strip(statement));
  for (const auto& right : kRights) {
    if (!lowered.starts_with(lower(right.beginning))) continue;
    return "this takes " + std::string(right.taken) +
           "; have it granted, or run as somebody who has it";
  }
  return {};
}

// Where a person left the database and its version table apart. A step that begins at
// base has nothing below it that could be absent.
std::string mend_record(Fault fault, const graph::Step& step) {
  const bool is_upgrade = step.direction == graph::Direction::Upgrade;
  if (fault == Fault::Exists && is_upgrade) {
    return "the database has what this step makes, but no record of it; if it has all "
           "of it, 'revise stamp " +
           step.revision +
           "' records that, and if it has a part, take that part out "
           "first";
  }
  if (fault == Fault::Absent && !step.from.empty()) {
    return "either the statement is wrong, or the database is not what its version "
           "table says; one that was made anew begins again with 'revise stamp base'";
  }
  return {};
}

}  // namespace

std::string way_out(const DatabaseError& error, const graph::Step* step) {
  switch (const Fault fault = fault_of(error)) {
    case Fault::None:
      return {};
    case Fault::LockTable:
      return "the run locks more tables than the server has room for: raise "
             "max_locks_per_transaction, or set transaction_per_migration = true";
    case Fault::Deadlock:
      return "another session waits for this one: run it again";
    case Fault::Conflict:
      return "another transaction was in the way: run it again";
    case Fault::Exists:
    case Fault::Absent:
      return step == nullptr ? std::string() : mend_record(fault, *step);
    case Fault::Right:
      return missing_right(error.statement());
    case Fault::ReadOnly:
      return "nothing can be written here: the server is a standby, or it, the "
             "database "
             "or the role sets default_transaction_read_only; run it where that is off";
  }
  return {};
}

}  // namespace revise::migration
