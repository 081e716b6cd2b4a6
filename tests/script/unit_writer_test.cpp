#include "engine/script/unit_writer.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <cstdint>
#include <random>

#include "engine/script/doc_comment.hpp"
#include "engine/script/file_name.hpp"
#include "tests/script/scan.hpp"

namespace {

using namespace revise;
using namespace revise::script;

const std::string kTemplate =
    REVISE_SOURCE_DIR "/templates/generic/script.cpp.mustache";

NewUnit new_unit(const TemporaryFolder& folder, const std::string& message) {
  NewUnit unit;
  unit.message = message;
  unit.revision = "ae10";
  unit.version_path = folder.path();
  unit.created = std::chrono::system_clock::time_point(
      std::chrono::microseconds(1795190400123456));  // 2026-11-20 16:00:00 UTC
  return unit;
}

std::string name_of(const RenderedUnit& unit) {
  return unit.path.substr(unit.path.rfind('/') + 1);
}

std::string read_back(const std::string& message) {
  return leading_comment(comment_of(message) + "\n//\n// Revision ID: a\n\nint x;\n")
      .longdoc;
}

}  // namespace

// Tables stay as they are written: clang-format 14 cannot align these.
// clang-format off
TEST_SUITE("script/unit_writer") {
  TEST_CASE("a new unit says what was asked for, and scans back to it") {
    const TemporaryFolder folder;
    NewUnit unit = new_unit(folder, "Add <account>'s \"name\" & {{more}}");
    unit.down_revisions = {"b", "c"};
    unit.branch_labels = {"left"};
    unit.upgrades = "  op.drop_table(\"t\");";
    const RenderedUnit rendered =
        render_unit({.template_path = kTemplate, .timezone = "utc"}, unit);
    CHECK(name_of(rendered) == "ae10_add_account_s_name_more.cpp");
    const Script script = scan_unit(rendered.text, rendered.path);
    CHECK(line_of(script) == "b c -> ae10 (left)");
    CHECK(script.longdoc ==
          "Add <account>'s \"name\" & {{more}}\n\nRevision ID: ae10\nRevises: b, c\n"
          "Create Date: 2026-11-20 16:00:00.123456+00:00");
    CHECK(rendered.text.find("void upgrade(Operations& op) {\n  op.drop_table(\"t\");\n}\n"
                             "\nvoid downgrade([[maybe_unused]] Operations& op) {\n}\n") !=
          std::string::npos);
    CHECK(rendered.text.find("#include <revise/op.hpp>\n\nnamespace {\n") !=
          std::string::npos);
  }

  TEST_CASE("without a message the doc says so, and the file's name holds none") {
    const TemporaryFolder folder;
    const RenderedUnit rendered =
        render_unit({.template_path = kTemplate}, new_unit(folder, ""));
    CHECK(name_of(rendered) == "ae10_.cpp");
    CHECK(scan_unit(rendered.text, "u.cpp").doc == "empty message");
  }

  TEST_CASE("a file is written whole, once, and never over another") {
    const TemporaryFolder folder;
    NewUnit unit = new_unit(folder, "x");
    unit.version_path += "/new/folder";
    const RenderedUnit rendered = render_unit({.template_path = kTemplate}, unit);
    CHECK(join(rendered.missing_directories, " ") ==
          folder.path() + "/new " + folder.path() + "/new/folder");
    write_unit(rendered);
    CHECK(std::filesystem::file_size(rendered.path) == rendered.text.size());
    CHECK(std::distance(std::filesystem::directory_iterator(unit.version_path), {}) == 1);
    struct stat status {};
    stat(rendered.path.c_str(), &status);
    CHECK((status.st_mode & 0600) == 0600);
    const std::string refusal = "the file '" + rendered.path +
                                "' exists already, and is not overwritten; give another "
                                "message or --rev-id";
    CHECK_THROWS_WITH_AS(write_unit(rendered), refusal.c_str(), UnitError);
    CHECK_THROWS_WITH_AS(render_unit({.template_path = kTemplate}, unit), refusal.c_str(),
                         UnitError);
    CHECK(std::distance(std::filesystem::directory_iterator(unit.version_path), {}) == 1);
  }

  TEST_CASE("a template that loses something is refused") {
    const TemporaryFolder folder;
    const auto path = folder.write("t.mustache", unit_text("{{revision}}"));
    NewUnit unit = new_unit(folder, "x");
    CHECK(line_of(scan_unit(render_unit({path}, unit).text, "u")) == " -> ae10");
    unit.branch_labels = {"left"};
    CHECK_THROWS_WITH_AS(render_unit({path}, unit),
                         ("the template '" + path +
                          "' does not write what was asked for: branch_labels is '' and "
                          "not 'left'")
                             .c_str(),
                         UnitError);
    folder.write("t.mustache", "{{#open}}");
    CHECK_THROWS_AS(render_unit({path}, unit), ConfigError);
  }

  TEST_CASE("ids that a unit cannot hold are refused before anything is written") {
    const TemporaryFolder folder;
    CHECK_THROWS_WITH_AS(
        check_revision_id("a@b/c+", 32),
        "Character(s) '+, /, @' not allowed in revision identifier 'a@b/c+'",
        RevisionError);
    CHECK_THROWS_AS(check_revision_id("", 32), RevisionError);
    CHECK_THROWS_AS(check_revision_id(std::string(33, 'a'), 32), RevisionError);
    CHECK_NOTHROW(check_revision_id(std::string(32, 'a'), 32));
    CHECK_NOTHROW(check_revision_id("\xc3\xa4", 32));
    CHECK_THROWS_WITH_AS(check_revision_id("a\xe4", 32),
                         "revision identifier 'a\xe4' is not valid UTF-8",
                         RevisionError);
    CHECK_THROWS_WITH_AS(check_branch_label("\xff"),
                         "the branch label '\xff' is not valid UTF-8", RevisionError);
    CHECK_THROWS_WITH_AS(check_branch_label("a b"),
                         "the branch label 'a b' holds ' ', which an id must not",
                         RevisionError);
    NewUnit unit = new_unit(folder, "x");
    unit.depends_on = {"my label"};
    CHECK_THROWS_WITH_AS(render_unit({.template_path = kTemplate}, unit),
                         "'my label' cannot be written as 'depends_on': it holds ' ', "
                         "which an id must not",
                         RevisionError);
    const std::string id = new_revision_id();
    CHECK(id.size() == 12);
    CHECK(id.find_first_not_of("0123456789abcdef") == id.npos);
    CHECK(id != new_revision_id());
  }

  TEST_CASE("a message survives writing and scanning") {
    const std::string rows[] = {
        "x", " x ", "\n\nx\n", "a\nb", "a\n\nb", "tab\tin", "end\\", "end\\ \t", "\\\nx",
        "a\rb\r\nc", "\x01\x1b[31m\x7f", "\\x{41}", "\\\\x{5c}", "\xc3\xa4 \xf0\x9f\x98\x80",
        "\xff\xc3(", "\xe2\x80\xae" "abc", "what?\?/", "what?\?/\nx", "?\?\?/", "*/ // /*",
        "R\"(", "{{revision}}", "&amp;", "   ", "a \nb\t\n c", std::string("a\0b", 3)};
    for (const std::string& message : rows) {
      CAPTURE(message);
      CHECK(read_back(message) == message + "\n\nRevision ID: a");
    }
  }

  TEST_CASE("every message of random bytes survives, and its comment is only comment") {
    std::mt19937 random(20261120);
    const std::string likely = "\\\\x{5c}?/ \t\n\r\xc3\xa4\xe2\x80\xae";
    for (int round = 0; round < 8000; ++round) {
      std::string message;
      for (auto size = 1 + random() % 12; size > 0; --size) {
        message += random() % 2 == 0 ? likely[random() % likely.size()]
                                     : static_cast<char>(random() % 256);
      }
      CAPTURE(message);
      const std::string comment = comment_of(message);
      REQUIRE(read_back(message) == message + "\n\nRevision ID: a");
      REQUIRE(line_of(scan_unit(comment + "\n" + unit_text("a"), "u")) == " -> a");
      for (const std::string& line : split(comment, '\n')) {
        REQUIRE(line.starts_with("//"));
        REQUIRE(line.find_first_of("\r\v\f\x1b\x7f") == line.npos);
        REQUIRE((line == "//" || std::string_view(" \t\\").find(line.back()) ==
                                     std::string_view::npos));
      }
    }
  }

  TEST_CASE("every byte alone and between others survives") {
    for (int byte = 0; byte < 256; ++byte) {
      CAPTURE(byte);
      const std::string one(1, static_cast<char>(byte));
      for (const std::string& message : {one, "a" + one + "b", one + one, "a\n" + one}) {
        REQUIRE(read_back(message) == message + "\n\nRevision ID: a");
      }
    }
  }
}

TEST_SUITE("script/file_name") {
  const LocalTime kTime{2026, 1, 2, 3, 4, 5, 6, 1795190400, ""};

  TEST_CASE("a slug is the words, lowered, cut at a word's end") {
    const struct {
      std::string message;
      unsigned length;
      std::string expected;
    } rows[] = {
        {"Add  the-Account!",     40, "add_the_account"},
        {"",                      40, ""               },
        {"...",                   40, ""               },
        {"one two three",         9,  "one_two_"       },
        {"one two three",         7,  "one_"           },
        {"abcdefghij",            4,  "abcd_"          },
        {"\xc3\x84pfel \xff x",   40, "\xc3\xa4pfel_x" },
        {"a_b",                   40, "a_b"            },
        {"\xd0\x96\xd0\x96\xd0\x96 x", 2, "\xd0\xb6\xd0\xb6_"},
    };
    for (const auto& row : rows) {
      CAPTURE(row.message);
      CHECK(slug_of(row.message, row.length) == row.expected);
    }
  }

  TEST_CASE("the file's name follows the template, as Python formats it") {
    const struct {
      std::string file_template;
      std::string expected;
    } rows[] = {
        {"%(rev)s_%(slug)s",                            "r_s"              },
        {"%(year)d_%(month).2d_%(day)02d-%(hour)2d",    "2026_01_02- 3"    },
        {"%(minute)s%(second)-3d|%(epoch)d%%",          "45  |1795190400%" },
        {"%(slug).0s%(rev)3s%(month)+d%(day)x",         "  r+12"           },
    };
    for (const auto& row : rows) {
      CAPTURE(row.file_template);
      CHECK(render_file_name(row.file_template, "r", "s", kTime) == row.expected);
    }
    for (const std::string bad : {"%(rev)d", "%(what)s", "%x", "%(rev", "%(rev)",
                                  "%(day)q", "%(day)9999d", "%"}) {
      CAPTURE(bad);
      CHECK_THROWS_AS(render_file_name(bad, "r", "s", kTime), ConfigError);
    }
  }

  TEST_CASE("folders in the template need recursive locations, and stay below them") {
    const TemporaryFolder folder;
    const NewUnit unit = new_unit(folder, "x");
    UnitFormat format{.template_path = kTemplate, .file_template = "%(year)d/%(rev)s"};
    CHECK_THROWS_AS(render_unit(format, unit), ConfigError);
    format.recursion = Recursion::On;
    CHECK(render_unit(format, unit).path == folder.path() + "/2026/ae10.cpp");
    for (const std::string bad : {"../%(rev)s", "/%(rev)s", "%(rev)s/", ".%(rev)s"}) {
      format.file_template = bad;
      CHECK_THROWS_AS(render_unit(format, unit), ConfigError);
    }
  }

  TEST_CASE("a zone is found by name, and an unknown one refused") {
    const std::chrono::system_clock::time_point moment{
        std::chrono::microseconds(1795190400000007)};
    CHECK(render_date(local_time(moment, "UTC")) == "2026-11-20 16:00:00.000007+00:00");
    CHECK(render_date(local_time(moment, "utc")) == "2026-11-20 16:00:00.000007+00:00");
    for (const std::string bad : {"Mars/Olympus", "../etc/passwd", "/etc/localtime"}) {
      CHECK_THROWS_WITH_AS(local_time(moment, bad), ("Can't locate timezone: " + bad).c_str(),
                           ConfigError);
    }
  }
}
// clang-format on
