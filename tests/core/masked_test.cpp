/// Statements as an error shows them: without the passwords in them.

#include "engine/core/masked.hpp"

#include <doctest/doctest.h>

#include <string>

TEST_SUITE("core/masked") {
  TEST_CASE("no password is left in a statement, however it is written") {
    const struct {
      std::string sql;
      std::string shown;
    } rows[] = {
        {"ALTER ROLE a PASSWORD 'x''y' LOGIN",                        "ALTER ROLE a PASSWORD '***' LOGIN"  },
        {"ALTER ROLE a PASSWORD E'x\\'y' LOGIN",                      "ALTER ROLE a PASSWORD '***' LOGIN"  },
        {"ALTER ROLE a password U&'x\\0061'",                         "ALTER ROLE a password '***'"        },
        {"ALTER ROLE a PASSWORD $$x'y$$ LOGIN",                       "ALTER ROLE a PASSWORD '***' LOGIN"  },
        {"ALTER ROLE a PASSWORD $b$x$$y$b$;",                         "ALTER ROLE a PASSWORD '***';"       },
        {"ALTER ROLE a PASSWORD 'x",                                  "ALTER ROLE a PASSWORD '***'"        },
        {"CONNECTION 'host=h password=x user=u' PUBLICATION p",
         "CONNECTION 'host=h password=*** user=u' PUBLICATION p"                                           },
        {"SELECT dblink('password=x')",                               "SELECT dblink('password=***')"      },
        {"SELECT dblink('postgresql://u:x@h/d')",
         "SELECT dblink('postgresql://u:***@h/d')"                                                         },
        {"UPDATE a SET password = $1, b = 'c'",                       "UPDATE a SET password = $1, b = 'c'"},
        {"SELECT password FROM a WHERE b = 'c'",
         "SELECT password FROM a WHERE b = 'c'"                                                            },
        {"ALTER ROLE a PASSWORD NULL",                                "ALTER ROLE a PASSWORD NULL"         },
        {"SELECT password",                                           "SELECT password"                    },
        {"CONNECTION 'host=h password=''s3cret one''' PUBLICATION p",
         "CONNECTION 'host=h password=***' PUBLICATION p"                                                  },
        {"CONNECTION 'password=''a\\''b c'' host=h'",                 "CONNECTION 'password=***'"          },
        {"dblink('password = '' x''')",                               "dblink('password = ***')"           },
        {"dblink('host=h password = x,y user=u')",
         "dblink('host=h password = *** user=u')"                                                          },
        {"dblink('password=a''b;c user=u')",                          "dblink('password=*** user=u')"      },
        {"dblink(E'password=\\'a b\\' user=u')",                      "dblink(E'password=***')"            },
        {"dblink($$password='a\\'b c'$$)",                            "dblink($$password='***'$$)"         },
        {"DO $$BEGIN EXECUTE 'ALTER ROLE a PASSWORD ''x'''; END$$",
         "DO $$BEGIN EXECUTE 'ALTER ROLE a PASSWORD ***'; END$$"                                           },
        {"ALTER ROLE a PASSWORD 'x'\n  'y' LOGIN",                    "ALTER ROLE a PASSWORD '***' LOGIN"  },
        {"ALTER ROLE a PASSWORD 'x' -- c\n'y' LOGIN",
         "ALTER ROLE a PASSWORD '***' LOGIN"                                                               },
        {"ALTER ROLE a PASSWORD /* c */ 'x'",                         "ALTER ROLE a PASSWORD /* c */ '***'"},
        {"ALTER ROLE a PASSWORD -- c\n 'x'",                          "ALTER ROLE a PASSWORD -- c\n '***'" },
        {"ALTER ROLE a PASSWORD '' LOGIN",                            "ALTER ROLE a PASSWORD '***' LOGIN"  },
        {"CALL make(password => 'x')",                                "CALL make(password => '***')"       },
        {"can't: PASSWORD 'x'",                                       "can't: PASSWORD '***'"              },
    };
    for (const auto& row : rows) {
      CAPTURE(row.sql);
      CHECK(revise::masked(row.sql) == row.shown);
    }
  }
}
