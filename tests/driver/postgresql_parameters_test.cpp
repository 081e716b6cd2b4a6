/// What libpq is told of a URL.

#include "engine/driver/postgresql_parameters.hpp"

#include <doctest/doctest.h>

#include "engine/core/text.hpp"

namespace {

using namespace revise;
using namespace revise::driver;

std::string written(const LibpqParameters& parameters) {
  std::vector<std::string> pairs;
  for (const auto& [keyword, value] : parameters)
    pairs.push_back(keyword + "=" + value);
  return join(pairs, " | ");
}

}  // namespace

TEST_SUITE("driver/postgresql_parameters") {
  TEST_CASE("libpq is given its own keywords, whichever driver the URL names") {
    const struct {
      std::string url;
      std::string expected;
    } rows[] = {
        {"postgresql://u:p@h:1/d",                                                      "host=h | port=1 | user=u | password=p | dbname=d"},
        {"postgresql://u:it%27s%5C@h",                                                  R"(host=h | user=u | password=it's\)"             },
        {"postgresql+psycopg2:///d?host=a:1&host=b&sslmode=require",
         "host=a,b | port=1, | dbname=d | sslmode=require"                                                                                },
        {"postgresql+psycopg://h/d?options=-c%20search_path%3Dx",
         "host=h | dbname=d | options=-c search_path=x"                                                                                   },
        {"postgresql+asyncpg://h/d?ssl=true&prepared_statement_cache_size=0&timeout=3",
         "host=h | dbname=d | sslmode=require | connect_timeout=3"                                                                        },
        {"postgresql+asyncpg://h/d?ssl=verify-full",
         "host=h | dbname=d | sslmode=verify-full"                                                                                        },
        {"postgresql+asyncpg://h/d?ssl=false",                                          "host=h | dbname=d | sslmode=disable"             },
        {"postgresql+pg8000://h/d?timeout=3",                                           "host=h | dbname=d | connect_timeout=3"           },
        {"postgresql:///?service=x&user=u&password=p",
         "service=x | user=u | password=p"                                                                                                },
        {"postgresql:///a%20b?host=/run/pg&port=7",
         "host=/run/pg | port=7 | dbname=a b"                                                                                             },
        {"postgresql://[::1]:5432,h2/d?target_session_attrs=any",
         "host=::1,h2 | port=5432, | dbname=d | target_session_attrs=any"                                                                 },
        {"postgresql://",                                                               ""                                                },
    };
    for (const auto& row : rows) {
      CAPTURE(row.url);
      CHECK(written(libpq_parameters(parse_url(row.url))) == row.expected);
    }
  }

  TEST_CASE("what the URL says goes before the engine's wishes, not its needs") {
    const auto url =
        parse_url("postgresql:///d?keepalives_idle=5&client_encoding=latin1");
    CHECK(written(connection_parameters(url, {.application_name = "revise"})) ==
          "keepalives_idle=30 | keepalives_interval=10 | keepalives_count=3 | "
          "fallback_application_name=revise | dbname=d | keepalives_idle=5 | "
          "client_encoding=latin1 | client_encoding=UTF8");
  }
}
