#include "tests/fuzz/targets.hpp"

#include <cstdio>
#include <cstdlib>

#include "engine/core/error.hpp"
#include "engine/script/doc_comment.hpp"
#include "engine/script/id_rules.hpp"
#include "engine/script/python_scanner.hpp"
#include "engine/script/unit_scanner.hpp"

namespace revise::fuzz {
namespace {

using script::Script;

void demand(bool holds, const char* rule) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", rule);
  std::abort();
}

// As octal escapes, which every literal can hold.
std::string literal(const std::string& text) {
  std::string escaped = "\"";
  for (const char c : text) {
    char digits[8];
    std::snprintf(digits, sizeof digits, "\\%03o",
                  static_cast<unsigned>(static_cast<unsigned char>(c)));
    escaped += digits;
  }
  return escaped + "\"";
}

std::string list(const std::vector<std::string>& ids) {
  std::string text = "{";
  for (const std::string& id : ids) text += literal(id) + ",";
  return text + "}";
}

std::string plain_unit(const Script& script) {
  const graph::Revision& revision = script.revision;
  return script::comment_of(script.longdoc) +
         "\n\nconstexpr Revision r{.revision = " + literal(revision.revision) +
         ", .down_revision = " + list(revision.down_revisions) +
         ", .branch_labels = " + list(revision.branch_labels) +
         ", .depends_on = " + list(revision.depends_on) + "};\nREVISE_UNIT(r, u, d)\n";
}

bool have_same_values(const Script& a, const Script& b) {
  return a.revision.revision == b.revision.revision &&
         a.revision.down_revisions == b.revision.down_revisions &&
         a.revision.branch_labels == b.revision.branch_labels &&
         a.revision.depends_on == b.revision.depends_on;
}

// Whether all ids obey the rules of units, which those in Python files need not.
bool can_be_unit(const graph::Revision& revision) {
  for (const auto* ids :
       {&revision.down_revisions, &revision.branch_labels, &revision.depends_on}) {
    if (ids->size() > script::kMaxIds) return false;
    for (const std::string& id : *ids) {
      if (!script::fault_of_id(id).empty()) return false;
    }
  }
  return script::fault_of_id(revision.revision).empty();
}

void check_error(const UnitError& error) {
  const std::string text = error.what();
  demand(text.starts_with("file:"), "an error begins with the path");
  demand(error.notes().size() == 1, "an error shows one line");
  for (const char c : text) {
    demand(static_cast<unsigned char>(c) >= 0x20, "an error has no control characters");
  }
}

}  // namespace

void check_unit(std::string_view source) {
  try {
    const Script script = script::scan_unit(source, "file");
    demand(can_be_unit(script.revision), "what was read obeys the rules of ids");
    const Script again = script::scan_unit(plain_unit(script), "file");
    demand(have_same_values(script, again), "values survive writing and scanning");
    demand(script.longdoc.empty() || again.longdoc == script.longdoc,
           "the comment survives writing and scanning");
  } catch (const UnitError& error) {
    check_error(error);
  }
}

void check_python(std::string_view source) {
  try {
    const Script script = script::scan_python(source, "file");
    demand(!script.revision.revision.empty(), "a revision has an id");
    if (!can_be_unit(script.revision)) return;
    const Script again = script::scan_unit(plain_unit(script), "file");
    demand(have_same_values(script, again), "values survive writing as a unit");
  } catch (const UnitError& error) {
    check_error(error);
  }
}

}  // namespace revise::fuzz
