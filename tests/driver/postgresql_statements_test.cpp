#include "engine/driver/postgresql_statements.hpp"

#include <doctest/doctest.h>

#include <string>

TEST_SUITE("driver/postgresql_statements") {
  TEST_CASE("a semicolon ends a statement unless something hides it") {
    const struct {
      std::string script;
      std::string joined;
    } rows[] = {
        {"",                                         ""                         },
        {" ; ;; -- a; b\n",                          ""                         },
        {"a;b",                                      "a|b"                      },
        {"  a  ;\n /* x; /* y; */ z; */ b -- c;\n;", "a|b"                      },
        {"a 'x;''y;' b; c",                          "a 'x;''y;' b|c"           },
        {"a e'x\\';' b; c",                          "a e'x\\';' b|c"           },
        {"a 'x\\'; b'c';",                           "a 'x\\'|b'c'"             },
        {"a \"x;\"\"y\"; b",                         "a \"x;\"\"y\"|b"          },
        {"a $$x;$y$;$$; b",                          "a $$x;$y$;$$|b"           },
        {"a $f$x;$$;$f$; b $1; c$d$e",               "a $f$x;$$;$f$|b $1|c$d$e" },
        {"create rule r as (a; b); c",               "create rule r as (a; b)|c"},
        {"create function f() begin atomic select 1; select case when a then b end; "
         "end; c",                          "create function f() begin atomic select 1; select case when a then b end; "
         "end|c"                                     },
        {"begin; a; end; b",                         "begin|a|end|b"            },
        {"a 'open; b",                               "a 'open; b"               },
        {"a /* open; b",                             "a"                        },
        {"a $x$ open; b",                            "a $x$ open; b"            },
    };
    for (const auto& row : rows) {
      CAPTURE(row.script);
      std::string joined;
      for (const auto statement : revise::driver::split_statements(row.script)) {
        joined += (joined.empty() ? "" : "|") + std::string(statement);
      }
      CHECK(joined == row.joined);
    }
  }
}
