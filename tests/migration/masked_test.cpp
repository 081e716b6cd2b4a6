/// Statements as an error shows them: without the passwords in them.

#include <doctest/doctest.h>

#include <string>

#include "engine/migration/failure.hpp"

TEST_SUITE("migration/masked") {
  TEST_CASE("no password is left in a statement, however it is written") {
    const struct {
      std::string sql;
      std::string shown;
    } rows[] = {
        {"ALTER ROLE a PASSWORD 'x''y' LOGIN",                  "ALTER ROLE a PASSWORD '***' LOGIN"  },
        {"ALTER ROLE a PASSWORD E'x\\'y' LOGIN",                "ALTER ROLE a PASSWORD '***' LOGIN"  },
        {"ALTER ROLE a password U&'x\\0061'",                   "ALTER ROLE a password '***'"        },
        {"ALTER ROLE a PASSWORD $$x'y$$ LOGIN",                 "ALTER ROLE a PASSWORD '***' LOGIN"  },
        {"ALTER ROLE a PASSWORD $b$x$$y$b$;",                   "ALTER ROLE a PASSWORD '***';"       },
        {"ALTER ROLE a PASSWORD 'x",                            "ALTER ROLE a PASSWORD '***'"        },
        {"CONNECTION 'host=h password=x user=u' PUBLICATION p",
         "CONNECTION 'host=h password=*** user=u' PUBLICATION p"                                     },
        {"SELECT dblink('password=x')",                         "SELECT dblink('password=***')"      },
        {"SELECT dblink('postgresql://u:x@h/d')",
         "SELECT dblink('postgresql://u:***@h/d')"                                                   },
        {"UPDATE a SET password = $1, b = 'c'",                 "UPDATE a SET password = $1, b = 'c'"},
        {"SELECT password FROM a WHERE b = 'c'",
         "SELECT password FROM a WHERE b = 'c'"                                                      },
        {"ALTER ROLE a PASSWORD NULL",                          "ALTER ROLE a PASSWORD NULL"         },
        {"SELECT password",                                     "SELECT password"                    },
    };
    for (const auto& row : rows) {
      CAPTURE(row.sql);
      CHECK(revise::migration::masked(row.sql) == row.shown);
    }
  }
}
