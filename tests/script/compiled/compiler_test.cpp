// What the scanner reads is what a compiler makes of the same source.

#include <doctest/doctest.h>

#include "engine/core/process.hpp"
#include "tests/script/scan.hpp"

namespace {

using namespace revise;
using namespace revise::script;

const std::string kHead =
    "#include <revise/unit.hpp>\nusing namespace revise;\n"
    "static void up(Operations&) {}\nstatic void down(Operations&) {}\n";
const std::string kTail = "\nREVISE_UNIT(r, up, down)\n";

// Prints a unit's revision as line_of does.
const std::string kMain = R"__(
#include <cstdio>
#include <revise/unit.hpp>
extern "C" const revise::UnitEntry revise_unit;
void print(const char* before, const revise::RevisionIds& ids, const char* after) {
  if (ids.size() == 0) return;
  std::fputs(before, stdout);
  for (unsigned i = 0; i < ids.size(); ++i) std::printf(i ? " %s" : "%s", ids[i]);
  std::fputs(after, stdout);
}
int main() {
  const revise::Revision& r = *revise_unit.revision;
  print("", r.down_revision, "");
  std::printf(" -> %s", r.revision.c_str());
  print(" (", r.branch_labels, ")");
  print(" [", r.depends_on, "]");
}
)__";

std::string compiled(const TemporaryFolder& folder, const std::string& source) {
  const std::string unit_path = folder.write("unit.cpp", source);
  const std::string main_path = folder.write("main.cpp", kMain);
  const std::string program = folder.path() + "/program";
  const ProcessResult build = run_process(
      {.arguments = {"c++", "-std=c++20", "-w", "-I", REVISE_SOURCE_DIR "/engine/include",
                     unit_path, main_path, "-o", program}});
  if (!build.succeeded()) return "does not compile: " + build.output;
  return run_process({.arguments = {program}}).output;
}

}  // namespace

// The table stays as it is written: clang-format 14 cannot align it.
// clang-format off
TEST_SUITE("script/compiled") {
  TEST_CASE("odd sources are read as a compiler reads them") {
    const struct {
      std::string name;
      std::string source;
    } rows[] = {
        {"escapes",        R"(constexpr Revision r{.revision = "\x61" "b\143\u00e9\U0001F600e\x66"};)"},
        {"raw strings",    R"x(constexpr Revision r{.revision = R"(a??)" "b" R"_(c)_"};)x"},
        {"raw and splice", "constexpr Revision r{.revision = R\"(a)\" \"b\\\nc\" R\"(d)\"};"},
        {"positions",      R"(constexpr Revision r{"a", {"b", "c"}, "l", {"d"}};)"},
        {"braces",         R"(constexpr auto r = revise::Revision{.revision{"a"}, .depends_on{"b",},};)"},
        {"digraphs",       "%:if 0\n(\n%:endif\nconstexpr Revision r = <% .revision = \"a\" %>;"},
        {"splices",        "const\\\nexpr Revi\\\nsion r{.revi\\\nsion = \"a\\\nb\"};"},
        {"blank splice",   "// x \\ \t\nconstexpr Revision r{.revision = \"x\"};\n"
                           "constexpr Revision r{.revision = \"a\"};"},
        {"comments",       "/* // */ constexpr Revision /* \" */ r{// '\n.revision /**/ = \"a*\" \"*b\" \"?c\"\n};"},
        {"taken out",      "#if 0\ndon't R\"( \n#elif 1\nconstexpr Revision r{.revision = \"a\"};\n"
                           "#else\nconstexpr Revision r{.revision = \"b\"};\n#endif"},
        {"raw in group",   "#if 0\nauto x = R\"(\n#endif\n)\";\n#endif\n"
                           "constexpr Revision r{.revision = \"a\"};"},
        {"digits",         "int n = 1'000'0; char c = '\"'; constexpr Revision r{.revision = \"a\"};"},
        {"no trigraph",    "// what?\?/\nconstexpr Revision r{.revision = \"a?\?!\"};"},
        {"windows",        "constexpr Revision r{\r\n.revision = \"a\",\r\n// x \\\r\n\"b\"\r\n};"},
        {"macro",          "#define M(x) Revision x{.revision = \"no\"}; \\\nREVISE_UNIT(x, up, down)\n"
                           "constexpr Revision r{.revision = \"a\"};"},
        {"error text",     "#if 0\n#error don't /* do\n that */ it's\n#endif\nconstexpr Revision r{.revision = \"a\"};"},
        {"namespaces",     "namespace a { namespace { constexpr revise::Revision q{.revision = \"a\"}; } }\n"
                           "#define USED\nusing a::q; REVISE_UNIT(a::q, ::up, ::down)"},
    };
    const TemporaryFolder folder;
    for (const auto& row : rows) {
      CAPTURE(row.name);
      const bool has_entry = row.source.find("(a::q") != std::string::npos;
      const std::string source = kHead + row.source + (has_entry ? "" : kTail);
      const std::string read = unit(source);
      const std::string made = compiled(folder, source);
      CHECK(read == made);
    }
  }

  TEST_CASE("what the scanner refuses as no id does not compile either") {
    const TemporaryFolder folder;
    for (const std::string value : {R"("")", R"("a b")", R"("a-b")", R"("a\x7f")",
                                    R"(u8"a")", R"("a"_x)", R"({"a", "b"})", "kId"}) {
      CAPTURE(value);
      const std::string source =
          kHead + "constexpr Revision r{.revision = " + value + "};" + kTail;
      CHECK_THROWS_AS(scan_unit(source, "u.cpp"), UnitError);
      CHECK(compiled(folder, source).starts_with("does not compile"));
    }
  }
}
// clang-format on
