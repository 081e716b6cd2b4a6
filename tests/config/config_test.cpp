#include "engine/config/config.hpp"

#include <doctest/doctest.h>

#include <string>

#include "engine/config/keys.hpp"
#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "tests/config/project.hpp"

namespace {

using namespace revise;
using namespace revise::config;
using tests::ConfigProject;

// What read_settings makes of an ini whose [alembic] has a script_location and `text`
// behind it; "{}" is the project's folder.
Settings settings(const ConfigProject& project, const std::string& text) {
  project.write("alembic.ini", "[alembic]\nscript_location = scripts\n" + text);
  auto sources = project.sources();
  return read_settings(sources, Need::All);
}

std::string message_of(const ConfigProject& project, const std::string& text) {
  try {
    settings(project, text);
  } catch (const ConfigError& error) {
    const auto place = error.line() == 0 ? "" : std::to_string(error.line()) + ": ";
    return place + error.what();
  }
  return "no error";
}

std::string warnings_of(const ConfigProject& project, const std::string& text) {
  project.write("alembic.ini", "[alembic]\nscript_location = scripts\n" + text);
  auto sources = project.sources();
  read_settings(sources, Need::All);
  return join(sources.warnings, "|");
}

}  // namespace

TEST_SUITE("config/config") {
  TEST_CASE("what no file says has its default") {
    const ConfigProject project;
    const auto s = settings(project, "");
    CHECK(s.script.script_location == "scripts");
    CHECK(join(s.script.version_locations, "|") == "scripts/versions");
    CHECK(s.script.file_template == "%(rev)s_%(slug)s");
    CHECK(s.script.truncate_slug_length == 40);
    CHECK(!s.script.recursive_version_locations);
    CHECK(s.run.version_table == "alembic_version");
    CHECK(s.run.version_num_length == 32);
    CHECK(s.run.wait_lock == std::chrono::seconds(600));
    CHECK((s.run.lock == RunLock::Session));
    CHECK(!s.run.statement_timeout.has_value());
    CHECK(!s.run.foreign_keys.has_value());
    CHECK(s.compare.compare_type);
    CHECK(s.build.jobs == 0);
  }

  TEST_CASE("each row's default is what its field begins with") {
    const ConfigProject project;
    std::string all = "[revise]\n";
    for (const auto& key : keys()) {
      if (key.where != Key::Where::Revise || key.default_value.empty()) continue;
      all += std::string(key.name) + " = " + std::string(key.default_value) + "\n";
    }
    const auto given = settings(project, all).run;
    const RunSettings fresh;
    CHECK(given.version_table == fresh.version_table);
    CHECK(given.version_num_length == fresh.version_num_length);
    CHECK(given.create_version_schema == fresh.create_version_schema);
    CHECK(given.transaction_per_migration == fresh.transaction_per_migration);
    CHECK(given.lock == fresh.lock);
    CHECK(given.wait_lock == fresh.wait_lock);
  }

  TEST_CASE("the missing script_location is told in Alembic's words") {
    const ConfigProject project;
    for (const std::string ini :
         {"[alembic]\n", "[other]\nscript_location = x\n", ""}) {
      CAPTURE(ini);
      project.write("alembic.ini", ini);
      auto sources = project.sources();
      CHECK_THROWS_WITH_AS(read_settings(sources, Need::Script),
                           "No 'script_location' key found in configuration.",
                           ConfigError);
    }
    const ConfigProject empty;
    auto sources = empty.sources();
    CHECK_THROWS_AS(read_settings(sources, Need::Script), ConfigError);
  }

  TEST_CASE("locations are split by path_separator") {
    const ConfigProject project;
    const struct {
      std::string text;
      std::string expected;
    } rows[] = {
        {"path_separator = os\nversion_locations = a b:c , d:",       "a b|c , d"       },
        {"path_separator = :\nversion_locations = %(here)s/a:b",
         project.folder() + "/a|b"                                                      },
        {"path_separator = ;\nversion_locations = a b; c",            "a b|c"           },
        {"path_separator = space\nversion_locations = a  b c",        "a|b|c"           },
        {"path_separator = newline\nversion_locations =\n  a b\n  c", "a b|c"           },
        {"version_path_separator = os\nversion_locations = a:b",      "a|b"             },
        {"version_locations = a, b c",                                "a|b|c"           },
        {"version_locations =",                                       "scripts/versions"},
    };
    for (const auto& row : rows) {
      CAPTURE(row.text);
      CHECK(join(settings(project, row.text).script.version_locations, "|") ==
            row.expected);
    }
    CHECK(message_of(project, "path_separator = comma\nversion_locations = a,b") ==
          "3: 'comma' is not a valid value for path_separator; expected 'space', "
          "'newline', 'os', ':', ';'");
    CHECK(message_of(project, "version_path_separator = os  # no comment") ==
          "no error");
  }

  TEST_CASE("older spellings are warned of where they matter") {
    const ConfigProject project;
    const struct {
      std::string text;
      std::string expected;
    } rows[] = {
        {"prepend_sys_path = .",                               ""               },
        {"version_locations = a",                              ""               },
        {"version_locations = a b",
         "No path_separator found in configuration; falling back to legacy splitting "
         "on "
         "spaces/commas for version_locations.  Consider adding path_separator=os to "
         "Alembic config."                                                      },
        {"prepend_sys_path = a:b",
         "No path_separator found in configuration; falling back to legacy splitting "
         "on "
         "spaces, commas, and colons for prepend_sys_path.  Consider adding "
         "path_separator=os to Alembic config."                                 },
        {"version_path_separator = os\nversion_locations = a",
         "The version_path_separator configuration parameter is deprecated; please use "
         "path_separator"                                                       },
        {"recursive_version_locations = True",
         "recursive_version_locations = True counts as false, as in Alembic; write "
         "'true'"                                                               },
        {"output_encoding = latin-1",
         "output_encoding = latin-1 is not honoured: files are written in UTF-8"},
    };
    for (const auto& row : rows) {
      CAPTURE(row.text);
      CHECK(warnings_of(project, row.text) == row.expected);
    }
  }

  TEST_CASE("a package is found as a folder, or it is said that it cannot be") {
    const ConfigProject project;
    project.write("lib/my/pkg/scripts/x", "");
    project.write(
        "alembic.ini",
        "[alembic]\nscript_location = my.pkg:scripts\nprepend_sys_path = lib");
    auto sources = project.sources();
    CHECK(read_settings(sources, Need::Script).script.script_location ==
          project.folder() + "/lib/my/pkg/scripts");
    project.write("alembic.ini", "[alembic]\n\nscript_location = other:scripts");
    auto absent = project.sources();
    CHECK_THROWS_WITH_AS(
        read_settings(absent, Need::Script),
        ("'script_location' names the Python package 'other', which is no folder in " +
         project.folder() +
         "; installed packages cannot be found without Python: give the folder itself")
            .c_str(),
        ConfigError);
  }

  TEST_CASE("booleans have Alembic's three ways of being read") {
    const ConfigProject project;
    const auto recursive = [&](const std::string& value) {
      return settings(project, "recursive_version_locations = " + value)
          .script.recursive_version_locations;
    };
    CHECK(recursive("true"));
    CHECK(!recursive("True"));
    CHECK(!recursive("yes"));
    CHECK(!recursive("maybe"));
    const auto environment = [&](const std::string& value) {
      return settings(project, "revision_environment = " + value)
          .script.revision_environment;
    };
    for (const std::string value : {"true", "Yes", "ON", "y", "t", "1"}) {
      CHECK(environment(value));
    }
    for (const std::string value : {"false", "No", "off", "n", "F", "0"}) {
      CHECK(!environment(value));
    }
    CHECK(message_of(project, "revision_environment = Maybe") ==
          "3: String is not true/false: 'maybe'");
    project.write("alembic.ini", "");
    project.write("pyproject.toml",
                  "[tool.alembic]\nscript_location = 's'\nsourceless = 'true'");
    auto sources = project.sources();
    CHECK_THROWS_WITH_AS(read_settings(sources, Need::Script),
                         "boolean value expected for TOML parameter 'sourceless'",
                         ConfigError);
  }

  TEST_CASE("own settings are read, [revise:NAME] before [revise] key by key") {
    const ConfigProject project;
    project.write("alembic.ini",
                  "[DEFAULT]\nrole = everyone\n[one]\nscript_location = s\n"
                  "[revise]\nversion_table = v\njobs = 3\nwait_lock = 1.5\n"
                  "search_path = a, b\nstatement_timeout = 5min\nforeign_keys = off\n"
                  "[revise:one]\njobs = 4\nlock_timeout = 250ms\n"
                  "[revise:two]\njobs = 5\n");
    auto sources = project.sources({}, "one");
    const auto s = read_settings(sources, Need::All);
    CHECK(s.build.jobs == 4);
    CHECK(s.run.version_table == "v");
    CHECK(s.run.role == "everyone");
    CHECK(s.run.wait_lock == std::chrono::milliseconds(1500));
    CHECK(s.run.lock_timeout == std::chrono::milliseconds(250));
    CHECK(s.run.statement_timeout == std::chrono::minutes(5));
    CHECK(join(s.run.search_path, "|") == "a|b");
    CHECK(s.run.foreign_keys == false);
  }

  TEST_CASE("an empty value of what has no default says that there is none") {
    const ConfigProject project;
    project.write("alembic.ini",
                  "[one]\nscript_location = s\n[revise]\nrole = x\nlock_timeout = 3\n"
                  "[revise:one]\nrole =\nlock_timeout =\nforeign_keys =\ncompiler =\n");
    auto sources = project.sources({}, "one");
    const auto run = read_settings(sources, Need::All).run;
    CHECK(run.role == "");
    CHECK(!run.lock_timeout.has_value());
    CHECK(!run.foreign_keys.has_value());
  }

  TEST_CASE("what a compiler needs is seen from the ini's folder") {
    const ConfigProject project;
    const auto b =
        settings(project,
                 "[revise]\ncompiler = clang++\ncxxflags = -O1 '-DX=\"a b\"'\n"
                 "include_directories = include, /usr/x\n  third\n"
                 "libraries = z -lm lib/libx.a\nbuild_directory = out\n")
            .build;
    const auto here = project.folder();
    CHECK(b.compiler == "clang++");
    CHECK(join(b.cxxflags, "|") == "-O1|-DX=\"a b\"");
    CHECK(join(b.include_directories, "|") ==
          here + "/include|/usr/x|" + here + "/third");
    CHECK(join(b.libraries, "|") == "-lz|-lm|" + here + "/lib/libx.a");
    CHECK(b.build_directory == here + "/out");
  }

  TEST_CASE("a value that makes no sense is refused where it stands") {
    const ConfigProject project;
    const struct {
      std::string text;
      std::string expected;
    } rows[] = {
        {"truncate_slug_length = long",
         "3: 'truncate_slug_length' takes a whole number from 0 to 255, not 'long'"    },
        {"[revise]\njobs = -1",
         "4: 'jobs' takes a whole number from 0 to 1024, not '-1'"                     },
        {"[revise]\nlock = maybe",
         "4: 'lock' takes true, false or transaction, not 'maybe'"                     },
        {"[revise]\nwait_lock = -1",
         "4: 'wait_lock' takes a number of seconds, or one with a unit: 500ms, 30s, "
         "5min, 1h, not '-1'"                                                          },
        {"[revise]\nwait_lock = 5 years",
         "4: 'wait_lock' takes a number of seconds, or one with a unit: 500ms, 30s, "
         "5min, 1h, not '5 years'"                                                     },
        {"[revise]\ncxxflags = 'a",       "4: 'cxxflags': no closing quotation in ''a'"},
        {"[revise]\nversion_table =",     "4: 'version_table' is empty"                },
        {"[revise]\n\nversion_tabel = x",
         "5: no setting 'version_tabel' in [revise]; did you mean 'version_table'?"    },
        {"[revise:x]\ntimezone = UTC",
         "4: no setting 'timezone' in [revise:x]; it belongs in [alembic]"             },
        {"[revise]\nqqqq = 1",            "4: no setting 'qqqq' in [revise]"           },
        {"anything = else",               "no error"                                   },
    };
    for (const auto& row : rows) {
      CAPTURE(row.text);
      CHECK(message_of(project, row.text) == row.expected);
    }
  }

  TEST_CASE("a bad '%' in a value that is not asked for is no error") {
    const ConfigProject project;
    CHECK(message_of(project, "sqlalchemy.url = x://u:p%w@h\nother = %") == "no error");
  }

  TEST_CASE("a key of the ini comes before pyproject.toml's, each for itself") {
    const ConfigProject project;
    project.write("alembic.ini", "[alembic]\ntimezone =\n");
    project.write("pyproject.toml", R"(
[tool.alembic]
script_location = "%(here)s/s"
timezone = "UTC"
truncate_slug_length = 20
file_template = "%%(rev)s"
version_locations = ["a b", "%(here)s/c"]
recursive_version_locations = true
[tool.revise]
jobs = 2
search_path = ["x"]
wait_lock = 3
lock = false
)");
    auto sources = project.sources();
    const auto s = read_settings(sources, Need::All);
    CHECK(s.script.script_location == project.folder() + "/s");
    CHECK(s.script.timezone == "");
    CHECK(s.script.truncate_slug_length == 20);
    CHECK(s.script.file_template == "%(rev)s");
    CHECK(join(s.script.version_locations, "|") == "a b|" + project.folder() + "/c");
    CHECK(s.script.recursive_version_locations);
    CHECK(s.build.jobs == 2);
    CHECK(s.run.wait_lock == std::chrono::seconds(3));
    CHECK((s.run.lock == RunLock::None));
  }

  TEST_CASE("the lock is a session's, the version table's, or none") {
    const struct {
      std::string value;
      RunLock expected;
    } rows[] = {
        {"true",        RunLock::Session    },
        {"on",          RunLock::Session    },
        {"transaction", RunLock::Transaction},
        {"Transaction", RunLock::Transaction},
        {"false",       RunLock::None       },
    };
    for (const auto& row : rows) {
      CAPTURE(row.value);
      ConfigProject project;
      project.write("alembic.ini",
                    "[alembic]\nscript_location = s\n[revise]\nlock = " + row.value);
      auto sources = project.sources();
      CHECK((read_settings(sources, Need::All).run.lock == row.expected));
    }
  }
}

TEST_SUITE("config/sources") {
  TEST_CASE("files are named by -c, or ALEMBIC_CONFIG, or by default") {
    ConfigProject project;
    project.write("alembic.ini", "[alembic]\nscript_location = default");
    project.write("a.ini", "[alembic]\nscript_location = a");
    project.write("sub/b.ini", "[alembic]\nscript_location = %(here)s");
    project.write("sub/pyproject.toml", "[tool.alembic]\nscript_location='%(here)s/t'");
    const auto location = [](Sources sources) {
      return read_settings(sources, Need::Script).script.script_location;
    };
    CHECK(location(project.sources()) == "default");
    CHECK(location(project.sources({"a.ini"})) == "a");
    CHECK(location(project.sources({"sub/b.ini"})) == project.folder() + "/sub");
    CHECK(location(project.sources({"no.ini", "sub/pyproject.toml"})) ==
          project.folder() + "/sub/t");
    project.set_variable("ALEMBIC_CONFIG", "a.ini");
    CHECK(location(project.sources()) == "a");
    CHECK(location(project.sources({"sub/b.ini"})) == project.folder() + "/sub");
    CHECK_THROWS_WITH_AS(project.sources({"a.ini", "alembic.ini"}),
                         "only one ini file may be indicated", UsageError);
    CHECK_THROWS_WITH_AS(project.sources({"pyproject.toml", "sub/pyproject.toml"}),
                         "pyproject.toml indicated more than once", UsageError);
  }

  TEST_CASE("a file that cannot be read is not taken for an absent one") {
    const ConfigProject project;
    project.write("folder.ini/x", "");
    CHECK_THROWS_WITH_AS(project.sources({"folder.ini"}),
                         "cannot read 'folder.ini': Is a directory", ConfigError);
  }
}
