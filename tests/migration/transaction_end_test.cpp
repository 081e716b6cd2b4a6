#include "engine/migration/transaction_end.hpp"

#include <doctest/doctest.h>

#include <string>

using revise::migration::find_transaction_end;

TEST_SUITE("migration/transaction_end") {
  TEST_CASE("what ends a transaction is found, whatever stands before it") {
    const struct {
      std::string sql;
      std::string end;
    } rows[] = {
        {"COMMIT",                                                      "COMMIT"             },
        {" -- now\n/* done */ Commit Work ;",                           "Commit Work"        },
        {"SELECT 1; END TRANSACTION; SELECT 2",                         "END TRANSACTION"    },
        {"SELECT ';'; ROLLBACK",                                        "ROLLBACK"           },
        {"ROLLBACK\tAND CHAIN",                                         "ROLLBACK\tAND CHAIN"},
        {"CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT CASE WHEN 1 THEN 2 END; END; "
         "COMMIT",                                             "COMMIT"             },
        {"ROLLBACK TO s",                                               ""                   },
        {"ROLLBACK\nTRANSACTION\nTO\ns",                                ""                   },
        {"SAVEPOINT s; RELEASE s",                                      ""                   },
        {"SELECT 'x; COMMIT; y', \"; END\" -- ; ROLLBACK",              ""                   },
        {"SELECT CASE a WHEN 1 THEN 2 END",                             ""                   },
        {"CREATE TRIGGER t AFTER INSERT ON a BEGIN DELETE FROM b; END", ""                   },
        {"UPDATE a SET commit = 1",                                     ""                   },
        {"",                                                            ""                   },
        {"/* commit",                                                   ""                   },
        {"'commit",                                                     ""                   },
    };
    for (const std::string dialect : {"sqlite", "postgresql"}) {
      for (const auto& row : rows) {
        CAPTURE(dialect);
        CAPTURE(row.sql);
        CHECK(std::string(find_transaction_end(row.sql, dialect)) == row.end);
      }
    }
  }

  TEST_CASE("each dialect's own ways to hide a semicolon are known") {
    const struct {
      std::string dialect;
      std::string sql;
      std::string end;
    } rows[] = {
        {"postgresql", "DO $$ BEGIN x; END; COMMIT; $$",  ""                       },
        {"postgresql", "SELECT $a$; COMMIT; $a$; COMMIT", "COMMIT"                 },
        {"postgresql", "SELECT E'\\'; COMMIT; '",         ""                       },
        {"postgresql", "/* /* */ ; COMMIT; */ SELECT 1",  ""                       },
        {"postgresql", "PREPARE TRANSACTION 'x'",         "PREPARE TRANSACTION 'x'"},
        {"postgresql", "PREPARE p AS SELECT 1",           ""                       },
        {"postgresql", "COMMIT PREPARED 'x'",             ""                       },
        {"sqlite",     "SELECT [; COMMIT], `; COMMIT`",   ""                       },
        {"sqlite",     "/* /* */ COMMIT",                 "COMMIT"                 },
    };
    for (const auto& row : rows) {
      CAPTURE(row.sql);
      CHECK(std::string(find_transaction_end(row.sql, row.dialect)) == row.end);
    }
  }
}
