#include "engine/config/database_url.hpp"

#include <doctest/doctest.h>

#include <string>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "tests/config/project.hpp"

namespace {

using namespace revise;
using namespace revise::config;
using tests::ConfigProject;

// "URL from SOURCE", or the error and its notes.
std::string chosen(const ConfigProject& project, const UrlChoice& choice = {},
                   const std::string& section = "alembic") {
  try {
    const auto url =
        choose_database_url(project.sources({}, section), choice, "scripts");
    return url.url + " from " + url.source;
  } catch (const Error& error) {
    return std::string("error: ") + error.what() +
           (error.notes().empty() ? "" : "\n" + join(error.notes(), "\n"));
  }
}

}  // namespace

TEST_SUITE("config/database_url") {
  TEST_CASE("the URL comes from the nearest of its places, which is told") {
    ConfigProject project;
    project.write("alembic.ini",
                  "[alembic]\nx = 1\nsqlalchemy.url = sqlite:///a%%b.db\n"
                  "[my-app]\nsqlalchemy.url = sqlite:///my.db\n");
    CHECK(chosen(project) == "sqlite:///a%b.db from alembic.ini:3 [alembic]");
    CHECK(chosen(project, {}, "my-app") ==
          "sqlite:///my.db from alembic.ini:5 [my-app]");

    project.set_variable("REVISE_DATABASE_URL", "sqlite:///env.db");
    CHECK(chosen(project) == "sqlite:///env.db from REVISE_DATABASE_URL");
    // One variable must not send several sections' revisions to one database.
    CHECK(chosen(project, {}, "my-app") ==
          "sqlite:///my.db from alembic.ini:5 [my-app]");
    project.set_variable("REVISE_DATABASE_URL_MY_APP", "sqlite:///my-env.db");
    CHECK(chosen(project, {}, "my-app") ==
          "sqlite:///my-env.db from REVISE_DATABASE_URL_MY_APP");
    project.set_variable("REVISE_DATABASE_URL_ALEMBIC", "sqlite:///own.db");
    CHECK(chosen(project) == "sqlite:///own.db from REVISE_DATABASE_URL_ALEMBIC");

    CHECK(chosen(project, {.url = "postgresql://u@h/d"}) ==
          "postgresql://u@h/d from --url");
    const auto file = project.folder() + "/url";
    project.write("url", "postgresql://u:p@h/d\n");
    CHECK(chosen(project, {.url = "sqlite://", .url_file = file}) ==
          "postgresql://u:p@h/d from --url-file " + file);
  }

  TEST_CASE("a password on the command line is refused, and not repeated") {
    const ConfigProject project;
    for (const std::string url :
         {"postgresql://u:hunter2@h/d", "postgresql:///d?password=hunter2"}) {
      CAPTURE(url);
      const auto told = chosen(project, {.url = url});
      CHECK(told.find("error: --url must not hold a password") == 0);
      CHECK(told.find("hunter2") == std::string::npos);
    }
  }

  TEST_CASE("a file of the URL holds one line") {
    const ConfigProject project;
    const auto file = project.folder() + "/url";
    CHECK(chosen(project, {.url_file = file}) ==
          "error: there is no file '" + file + "'");
    project.write("url", "a\nb\n");
    CHECK(chosen(project, {.url_file = file}) ==
          "error: --url-file " + file + " has to hold one line, the URL");
  }

  TEST_CASE("${NAME} is the environment's, else the env_file's") {
    ConfigProject project;
    project.write("alembic.ini",
                  "[alembic]\nsqlalchemy.url = pg://${U_1}:${P}@h/${low}${\n"
                  "[revise]\nenv_file = .env\n");
    project.set_variable("U_1", "me${P}");
    CHECK(chosen(project) ==
          "error: 'sqlalchemy.url' needs the environment variable 'P', which is not "
          "set, and there is no file '.env'");
    project.write(".env", "# c\nexport Q=1\n");
    CHECK(chosen(project) ==
          "error: 'sqlalchemy.url' needs the environment variable 'P', which is not "
          "set, nor does it stand in '.env'");
    project.write(".env", "P = 'a #b' # c\n");
    CHECK(chosen(project) ==
          "pg://me${P}:a #b@h/${low}${ from alembic.ini:2 [alembic]");
    project.set_variable("P", "own");
    CHECK(chosen(project) == "pg://me${P}:own@h/${low}${ from alembic.ini:2 [alembic]");
  }

  TEST_CASE("an env_file's lines are read as dotenv files are") {
    const struct {
      std::string line;
      std::string expected;
    } rows[] = {
        {"P=a b",                  "a b"                                    },
        {"P=a#b #c",               "a#b"                                    },
        {"export P=\"a\\n\\\"b\"", "a\n\"b"                                 },
        {"P=''",                   ""                                       },
        {"P=",                     ""                                       },
        {"P=1\nP=2",               "2"                                      },
        {"P='a",                   "error: a quote is not closed at the end"},
        {"P",                      "error: this line is no NAME=value"      },
        {"a b=1\nP=1",             "error: this line is no NAME=value"      },
    };
    for (const auto& row : rows) {
      CAPTURE(row.line);
      ConfigProject project;
      project.write("alembic.ini",
                    "[alembic]\nsqlalchemy.url = ${P}\n[revise]\nenv_file = .env\n");
      project.write(".env", row.line + "\n");
      const bool is_error = row.expected.find("error") == 0;
      CHECK(chosen(project) ==
            row.expected + (is_error ? "" : " from alembic.ini:2 [alembic]"));
    }
  }

  TEST_CASE("no URL, or the example's, names what an env.py seems to set") {
    const ConfigProject project;
    CHECK(chosen(project) ==
          "error: no database URL: there is no file 'alembic.ini'\n"
          "set it there, or give --url-file FILE, or set REVISE_DATABASE_URL");
    project.write("alembic.ini", "[alembic]\n");
    CHECK(chosen(project) ==
          "error: no database URL: [alembic] of 'alembic.ini' has no 'sqlalchemy.url'\n"
          "set it there, or give --url-file FILE, or set REVISE_DATABASE_URL");
    project.write("alembic.ini",
                  "[alembic]\nsqlalchemy.url = driver://user:pass@localhost/dbname\n");
    project.write("scripts/env.py",
                  "import os\n"
                  "# sqlalchemy.url is set below\n"
                  "config.set_main_option('sqlalchemy.url', 'pg://u:hunter2@h/d')\n"
                  "    url = config.get_main_option(\"sqlalchemy.url\")\n"
                  "        url=url,\n"
                  "        version_table_schema='audit',\n"
                  "engine = create_engine(url, password='hunter2')\n");
    const auto path = project.folder() + "/scripts/env.py";
    CHECK(chosen(project) ==
          "error: no database URL: 'sqlalchemy.url' is still Alembic's example\n"
          "set it there, or give --url-file FILE, or set REVISE_DATABASE_URL\n"
          "an env.py is not run here; these lines of it seem to set the URL, the "
          "version table or a schema:\n  " +
              path +
              ":3: config.set_main_option('sqlalchemy.url', 'pg://u:***@h/d')\n  " +
              path + ":6: version_table_schema='audit',\n  " + path +
              ":7: engine = create_engine(url, ...\n"
              "write what they say as sqlalchemy.url, or below [revise] as "
              "version_table, version_table_schema, search_path");
  }

  TEST_CASE("a lone '%' in the URL is an error that does not tell the password") {
    const ConfigProject project;
    project.write("alembic.ini", "[alembic]\nsqlalchemy.url = pg://u:hun%ter2@h/d\n");
    const auto told = chosen(project);
    CHECK(told.find("'sqlalchemy.url'") != std::string::npos);
    CHECK(told.find("ter2") == std::string::npos);
  }
}
