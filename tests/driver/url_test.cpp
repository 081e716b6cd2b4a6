#include "engine/driver/url.hpp"

#include <doctest/doctest.h>

#include <string>

#include "engine/core/error.hpp"
#include "engine/core/secret.hpp"

namespace {

using namespace revise;
using namespace revise::driver;

// "dialect+driver user=.. password=.. host=..:port db=.. name=value ..."
std::string parts(const std::string& text) {
  const Url url = parse_url(text);
  std::string shown = url.dialect;
  if (!url.driver.empty()) shown += "+" + url.driver;
  if (!url.user.empty()) shown += " user=" + url.user;
  if (url.password) shown += " password=" + *url.password;
  for (const auto& host : url.hosts) {
    shown += " host=" + host.name + ":" + std::to_string(host.port);
  }
  if (!url.database.empty()) shown += " db=" + url.database;
  for (const auto& [name, value] : url.query) shown += " " + name + "=" + value;
  return shown;
}

std::string message(const std::string& url) {
  try {
    parse_url(url);
  } catch (const ConfigError& error) {
    return error.what();
  }
  return "no error";
}

}  // namespace

TEST_SUITE("driver/url") {
  TEST_CASE("a server's URL is taken apart, and what is escaped decoded") {
    const struct {
      std::string url;
      std::string expected;
    } rows[] = {
        {"postgresql://u:p@h:5432/d",        "postgresql user=u password=p host=h:5432 db=d" },
        {"postgres://h/d",                   "postgresql host=h:0 db=d"                      },
        {"postgresql+psycopg2://u@h",        "postgresql+psycopg2 user=u host=h:0"           },
        {"postgresql+asyncpg://",            "postgresql+asyncpg"                            },
        {"postgresql:///d",                  "postgresql db=d"                               },
        {"postgresql://u:p%40%3A%2F%25@h/d",
         "postgresql user=u password=p@:/% host=h:0 db=d"                                    },
        {"postgresql://a%40b:c+d@h",         "postgresql user=a@b password=c+d host=h:0"     },
        {"postgresql://u:a/b?c@h/d",         "postgresql user=u password=a/b?c host=h:0 db=d"},
        {"postgresql://u:a:b@h",             "postgresql user=u password=a:b host=h:0"       },
        {"postgresql://u:@h",                "postgresql user=u password= host=h:0"          },
        {"postgresql://h:5432/d?o=a@b",      "postgresql host=h:5432 db=d o=a@b"             },
        {"postgresql://u:p@[::1]:5433/d",
         "postgresql user=u password=p host=::1:5433 db=d"                                   },
        {"postgresql://[fe80::1]/d",         "postgresql host=fe80::1:0 db=d"                },
        {"postgresql://h:/d",                "postgresql host=h:0 db=d"                      },
        {"postgresql://h:/a%2Fb%25%20c",     "postgresql host=h:0 db=a/b% c"                 },
        {"postgresql://%2Frun%2Fpg/d",       "postgresql host=/run/pg:0 db=d"                },
        {"mysql+pymysql://h/d",              "mysql+pymysql host=h:0 db=d"                   },
    };
    for (const auto& row : rows) {
      CAPTURE(row.url);
      CHECK(parts(row.url) == row.expected);
    }
  }

  TEST_CASE("several hosts may stand where one does") {
    const struct {
      std::string url;
      std::string expected;
    } rows[] = {
        {"postgresql://h1:5432,h2:5433/d",                                             "postgresql host=h1:5432 host=h2:5433 db=d"},
        {"postgresql://u@h1,h2:5433/d",
         "postgresql user=u host=h1:0 host=h2:5433 db=d"                                                                          },
        {"postgresql://u:p@[::1]:1,[fe80::1]/d",
         "postgresql user=u password=p host=::1:1 host=fe80::1:0 db=d"                                                            },
        {"postgresql://h1:5432,h2/d?o=a@b",
         "postgresql host=h1:5432 host=h2:0 db=d o=a@b"                                                                           },
        {"postgresql://u@/db?host=a:5432&host=b:5433&target_session_attrs=read-write",
         "postgresql user=u host=a:5432 host=b:5433 db=db "
         "target_session_attrs=read-write"                                                                                        },
    };
    for (const auto& row : rows) {
      CAPTURE(row.url);
      CHECK(parts(row.url) == row.expected);
    }
  }

  TEST_CASE("hosts, ports and sockets may stand in the query") {
    const struct {
      std::string url;
      std::string expected;
    } rows[] = {
        {"postgresql:///d?host=h1:5432&host=h2",
         "postgresql host=h1:5432 host=h2:0 db=d"                                       },
        {"postgresql:///d?host=h1,h2&port=1,2",  "postgresql host=h1:1 host=h2:2 db=d"  },
        {"postgresql:///d?host=h1,h2&port=7",    "postgresql host=h1:7 host=h2:7 db=d"  },
        {"postgresql://u@/d?host=/run/pg",       "postgresql user=u host=/run/pg:0 db=d"},
        {"postgresql://h/d?port=7",              "postgresql host=h:7 db=d"             },
        {"postgresql://x/d?host=h",              "postgresql host=h:0 db=d"             },
        {"postgresql:///d?host=::1&port=7",      "postgresql host=::1:7 db=d"           },
        {"postgresql:///d?host=[::1]:8,fe80::2",
         "postgresql host=::1:8 host=fe80::2:0 db=d"                                    },
        {"postgresql:///d?host=%2Frun%2Fa%20b",  "postgresql host=/run/a b:0 db=d"      },
        {"postgresql:///d?a=1+2&b=%26&c=&d",     "postgresql db=d a=1 2 b=&"            },
    };
    for (const auto& row : rows) {
      CAPTURE(row.url);
      CHECK(parts(row.url) == row.expected);
    }
  }

  TEST_CASE("SQLite's URL names a file, or memory") {
    const struct {
      std::string url;
      std::string name;
      bool is_uri;
      bool in_memory;
    } rows[] = {
        {"sqlite://",                                               ":memory:",      false, true },
        {"sqlite:///",                                              ":memory:",      false, true },
        {"sqlite:///:memory:",                                      ":memory:",      false, true },
        {"sqlite:///relative.db",                                   "relative.db",   false, false},
        {"sqlite+pysqlite:///a/b.db",                               "a/b.db",        false, false},
        {"sqlite+aiosqlite:////abs/x.db",                           "/abs/x.db",     false, false},
        {"sqlite:////a%20b.db",                                     "/a%20b.db",     false, false},
        {"sqlite:////a@b:c.db",                                     "/a@b:c.db",     false, false},
        {"sqlite:///x.db?timeout=5",                                "x.db",          false, false},
        {"sqlite:///file:x.db",                                     "file:x.db",     false, false},
        {"sqlite:///file:x.db?uri=true",                            "file:x.db",     true,  false},
        {"sqlite:///file:x.db?mode=ro&uri=true&timeout=3&nolock=1",
         "file:x.db?mode=ro&nolock=1",                                               true,  false},
        {"sqlite:///file:m?mode=memory&cache=shared&uri=true",
         "file:m?mode=memory&cache=shared",                                          true,  true },
        {"sqlite:///file::memory:?uri=true",                        "file::memory:", true,  true },
    };
    for (const auto& row : rows) {
      CAPTURE(row.url);
      const auto file = sqlite_file(parse_url(row.url));
      CHECK(file.name == row.name);
      CHECK(file.is_uri == row.is_uri);
      CHECK(file.in_memory == row.in_memory);
      CHECK(parse_url(row.url).in_memory() == row.in_memory);
    }
  }

  TEST_CASE("a URL is shown without its passwords") {
    const struct {
      std::string url;
      std::string expected;
    } rows[] = {
        {"postgresql+psycopg2://u:secret@h:5432/d?sslmode=require",
         "postgresql+psycopg2://u:***@h:5432/d?sslmode=require"                                            },
        {"postgres://u@h/d",                                          "postgresql://u@h/d"                 },
        {"postgresql://:secret@h",                                    "postgresql://:***@h"                },
        {"postgresql://a%40b:secret@[::1]:1/d",                       "postgresql://a%40b:***@[::1]:1/d"   },
        {"postgresql:///d?password=secret&user=u&sslpassword=secret",
         "postgresql:///d?password=***&user=u&sslpassword=***"                                             },
        {"postgresql:///d?host=h1:1&host=/run",                       "postgresql:///d?host=h1:1&host=/run"},
        {"postgresql://u:secret@[::1],h2:7/d",
         "postgresql://u:***@/d?host=[::1]&host=h2:7"                                                      },
        {"postgresql://h/a%2Fb%25%40c",                               "postgresql://h/a/b%25%40c"          },
        {"sqlite:///x.db",                                            "sqlite:///x.db"                     },
        {"sqlite:////x.db",                                           "sqlite:////x.db"                    },
        {"sqlite://",                                                 "sqlite://"                          },
    };
    for (const auto& row : rows) {
      CAPTURE(row.url);
      CHECK(parse_url(row.url).redacted() == row.expected);
    }
  }

  TEST_CASE("what is no URL is refused, and no error tells a password") {
    const std::string cannot = "cannot read the URL ";
    const struct {
      std::string url;
      std::string expected;
    } rows[] = {
        {"",                                           cannot + "'': expected dialect://user:password@host:port/database"},
        {"x.db",
         cannot + "'x.db': expected dialect://user:password@host:port/database"                                          },
        {"://h",                                       cannot + "'://h': it begins with no name of a database"           },
        {"host=h user=u password = 'a secret' port=1",
         cannot + "'host=h user=u password =***': expected "
                  "dialect://user:password@host:port/database"                                                           },
        {"post gres://u:secret@h",
         cannot + "'post gres://u:***@h': it begins with no name of a database"                                          },
        {"postgresql://u:secret@h:abc/d",
         cannot + "'postgresql://u:***@h:abc/d': 'abc' is no port"                                                       },
        {"postgresql://h:70000/d",
         cannot + "'postgresql://h:70000/d': '70000' is no port"                                                         },
        {"postgresql://u:secr@et@h/d",
         cannot + "'postgresql://u:***@h/d': an '@' in a user's name or password is "
                  "written '%40'"                                                                                        },
        {"postgresql://u:sec\nret@h",
         cannot + "'postgresql://u:***@h': it has a line break"                                                          },
        {"postgresql://[::1/d?password=secret",
         cannot + "'postgresql://[::1/d?password=***': a '[' of a host is not closed"                                    },
        {"postgresql:///d?host=a,b,c&port=1,2",
         cannot + "'postgresql:///d?host=a,b,c&port=1,2': it has 2 ports for 3 hosts"                                    },
        {"sqlite:///x.db?mode=ro",
         cannot + "'sqlite:///x.db?mode=ro': there is no parameter 'mode'; SQLite's "
                  "own are for sqlite:///file:PATH?uri=true"                                                             },
        {"sqlite://x.db",
         cannot + "'sqlite://x.db': SQLite has no server; a file is "
                  "sqlite:///relative/path.db or sqlite:////absolute/path.db"                                            },
    };
    for (const auto& row : rows) {
      CAPTURE(row.url);
      CHECK(message(row.url) == row.expected);
    }
  }

  TEST_CASE("text around a URL keeps all but its passwords") {
    const struct {
      std::string text;
      std::string expected;
    } rows[] = {
        {"no url at all: a@b",             "no url at all: a@b"                },
        {"url = pg://u:a b/c?d@h/x",       "url = pg://u:***@h/x"              },
        {"pg://u@h/d",                     "pg://u@h/d"                        },
        {"pg://h:1/d",                     "pg://h:1/d"                        },
        {"pg://u:a@b@h",                   "pg://u:***@h"                      },
        {"pg:///d?p%61ssword=x&y=1",       "pg:///d?p%61ssword=***&y=1"        },
        {"one pg://u:p@h\ntwo pg://v:q@h", "one pg://u:***@h\ntwo pg://v:***@h"},
    };
    for (const auto& row : rows) {
      CAPTURE(row.text);
      CHECK(redact_url(row.text) == row.expected);
      CHECK(has_password(row.text) == (row.text != row.expected));
    }
  }
}
