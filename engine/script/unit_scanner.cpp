#include "engine/script/unit_scanner.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "engine/script/autocommit_finder.hpp"
#include "engine/script/cpp_lexer.hpp"
#include "engine/script/doc_comment.hpp"
#include "engine/script/id_rules.hpp"
#include "engine/script/literal.hpp"
#include "engine/script/source_position.hpp"

namespace revise::script {
namespace {

constexpr std::array<std::string_view, 4> kMembers = {"revision", "down_revision",
                                                      "branch_labels", "depends_on"};

// A Revision that was found, or a REVISE_UNIT.
struct Declaration {
  graph::Revision revision;
  std::string_view name;
  std::size_t offset;
};

struct Entry {
  std::array<std::string_view, 3> names;  // revision, upgrade, downgrade
  std::size_t offset;
};

class UnitReader {
 public:
  UnitReader(const SplicedText& spliced, const Source& source)
      : source_(source), lexer_(spliced, source) {}

  void read();
  const Declaration& declaration() const { return *declaration_; }
  AutocommitBlocks autocommit() const;

 private:
  void advance();
  void expect(char punctuator, std::string_view where);
  void take_revision();
  void take_entry();
  bool skip_qualified_revision();
  void read_initialiser(Declaration& declaration);
  std::size_t read_member_name(std::size_t least);
  std::vector<std::string> read_value(std::string_view member);
  std::string read_id();
  std::string_view read_name();
  void check_complete() const;
  void check_macros() const;
  [[noreturn]] void fail(const std::string& what) const {
    fail_at(source_, token_.offset, what);
  }
  void check_certain(std::string_view what) const;

  const Source& source_;
  CppLexer lexer_;
  Token token_;
  std::string_view assigned_;  // the name before the last `=`, as in `auto x =`
  AutocommitFinder autocommit_;
  std::optional<Declaration> declaration_;
  std::optional<Entry> entry_;
};

void UnitReader::advance() {
  token_ = lexer_.next();
  autocommit_.see(token_);
}

void UnitReader::expect(char punctuator, std::string_view where) {
  if (!token_.is(punctuator)) {
    fail("'" + std::string(1, punctuator) + "' is missing " + std::string(where));
  }
  advance();
}

void UnitReader::check_certain(std::string_view what) const {
  if (lexer_.certainty() == Certainty::Certain) return;
  fail(std::string(what) + " hangs on a condition that only the compiler can decide");
}

void UnitReader::read() {
  std::string_view word;
  for (advance(); token_.kind != TokenKind::End;) {
    if (token_.is("Revision")) {
      take_revision();
    } else if (token_.is("REVISE_UNIT")) {
      take_entry();
    } else {
      if (token_.kind == TokenKind::Identifier) word = token_.text;
      if (token_.is('=')) assigned_ = word;
      if (token_.is(';')) assigned_ = {};
      advance();
    }
  }
  check_complete();
  check_macros();
}

// `Revision name{...}`, `Revision name = {...}`, `Revision name = Revision{...}` or
// `auto name = Revision{...}`. Other mentions of the type declare nothing.
void UnitReader::take_revision() {
  Declaration found{{}, assigned_, token_.offset};
  const unsigned directives = lexer_.text_directives();
  advance();
  if (token_.kind == TokenKind::Identifier) {
    found.name = token_.text;
    found.offset = token_.offset;
    advance();
    if (token_.is('=')) {
      advance();
      const std::size_t offset = token_.offset;
      if (!token_.is('{') && !skip_qualified_revision()) {
        fail_at(source_, offset,
                "the initialiser of a Revision must be a list in braces");
      }
    }
  }
  if (!token_.is('{')) return;
  if (declaration_) {
    fail_at(source_, found.offset,
            "this file declares a second Revision; a file holds one unit");
  }
  check_certain("this Revision");
  read_initialiser(found);
  if (lexer_.text_directives() != directives) {
    fail_at(source_, found.offset, "a directive stands inside this Revision");
  }
  if (!token_.is(';')) fail("';' is missing after the Revision");
  declaration_ = std::move(found);
  lexer_.skip_to_line_of("REVISE_UNIT", {"Revision", "autocommit_block"});
}

bool UnitReader::skip_qualified_revision() {
  std::string_view last;
  while (token_.kind == TokenKind::Identifier || token_.is(':')) {
    if (token_.kind == TokenKind::Identifier) last = token_.text;
    advance();
  }
  return last == "Revision" && token_.is('{');
}

void UnitReader::read_initialiser(Declaration& declaration) {
  graph::Revision& revision = declaration.revision;
  advance();
  std::size_t place = 0;
  bool is_designated = false;
  while (!token_.is('}')) {
    check_certain("this member");
    if (place == 0) is_designated = token_.is('.');
    if (is_designated) place = read_member_name(place);
    if (place == kMembers.size()) fail("a Revision has four members");
    const std::size_t offset = token_.offset;
    std::vector<std::string> values = read_value(kMembers[place]);
    if (place == 0) {
      if (values.size() != 1) {
        fail_at(source_, offset, "'revision' must be one string literal");
      }
      revision.revision = std::move(values.front());
    }
    if (place == 1) revision.down_revisions = std::move(values);
    if (place == 2) revision.branch_labels = std::move(values);
    if (place == 3) revision.depends_on = std::move(values);
    ++place;
    if (!token_.is('}')) expect(',', "in the Revision");
  }
  if (revision.revision.empty()) fail("this Revision does not set 'revision'");
  check_certain("this Revision's end");
  advance();
}

// `.name =` or `.name` before a brace; gives the member's place, from `least`.
std::size_t UnitReader::read_member_name(std::size_t least) {
  expect('.', "before the name of a member");
  const auto found = std::find(kMembers.begin(), kMembers.end(), token_.text);
  if (found == kMembers.end()) {
    fail(shown(token_.text) + " is no member of Revision");
  }
  const auto place = static_cast<std::size_t>(found - kMembers.begin());
  if (place < least) {
    fail("'" + std::string(kMembers[place]) + "' stands too late; the order is " +
         "revision, down_revision, branch_labels, depends_on");
  }
  advance();
  if (!token_.is('{')) expect('=', "after the name of a member");
  return place;
}

std::vector<std::string> UnitReader::read_value(std::string_view member) {
  std::vector<std::string> values;
  if (!token_.is('{')) {
    values.push_back(read_id());
    return values;
  }
  advance();
  while (!token_.is('}')) {
    if (values.size() == kMaxIds) {
      fail("'" + std::string(member) + "' holds more than 32 ids");
    }
    values.push_back(read_id());
    if (!token_.is('}')) expect(',', "between two ids");
  }
  advance();
  return values;
}

std::string UnitReader::read_id() {
  const std::size_t offset = token_.offset;
  std::string id;
  if (token_.kind != TokenKind::String && token_.kind != TokenKind::RawString) {
    fail(shown(token_.text) + " is no string literal; only literals can be read " +
         "without compiling");
  }
  while (token_.kind == TokenKind::String || token_.kind == TokenKind::RawString) {
    check_certain("this id");
    id += value_of(token_, source_);
    advance();
  }
  if (const std::string fault = fault_of_id(id); !fault.empty()) {
    fail_at(source_, offset, "the id " + shown(id) + " " + fault);
  }
  return id;
}

void UnitReader::take_entry() {
  Entry found{{}, token_.offset};
  advance();
  if (!token_.is('(')) return;
  if (entry_) {
    fail_at(source_, found.offset,
            "this file declares a second unit; a file holds one");
  }
  check_certain("this REVISE_UNIT");
  for (std::string_view& name : found.names) {
    advance();
    name = read_name();
    if (&name != &found.names.back() && !token_.is(',')) {
      fail("REVISE_UNIT takes the names of a Revision and of two functions");
    }
  }
  expect(')', "after REVISE_UNIT's three names");
  entry_ = found;
}

// The last part of a name that may be qualified.
std::string_view UnitReader::read_name() {
  std::string_view name;
  while (token_.kind == TokenKind::Identifier || token_.is(':')) {
    name = token_.kind == TokenKind::Identifier ? token_.text : std::string_view();
    advance();
  }
  if (name.empty()) {
    fail("REVISE_UNIT takes the names of a Revision and of two functions");
  }
  return name;
}

void UnitReader::check_complete() const {
  if (!declaration_ && !entry_) {
    fail_at(source_, 0,
            "this file holds no unit: a .cpp file in a version location declares a "
            "Revision and ends with REVISE_UNIT(revision, upgrade, downgrade); other "
            "files belong elsewhere");
  }
  if (!entry_) {
    fail_at(source_, declaration_->offset,
            "this Revision has no REVISE_UNIT(revision, upgrade, downgrade)");
  }
  if (!declaration_) {
    fail_at(source_, entry_->offset,
            "this REVISE_UNIT has no Revision that can be read without compiling");
  }
  if (entry_->names[0] != declaration_->name) {
    fail_at(source_, entry_->offset,
            "REVISE_UNIT names " + shown(entry_->names[0]) +
                ", but the Revision is called " + shown(declaration_->name));
  }
}

// A macro of one of these names, anywhere in the file, could change what was read.
void UnitReader::check_macros() const {
  for (const std::string_view macro : lexer_.macros()) {
    const bool is_member =
        std::find(kMembers.begin(), kMembers.end(), macro) != kMembers.end();
    if (is_member || macro == "Revision" || macro == "REVISE_UNIT" ||
        macro == declaration_->name) {
      fail_at(source_, declaration_->offset,
              "the macro " + shown(macro) + " may change this Revision");
    }
  }
}

AutocommitBlocks UnitReader::autocommit() const {
  return autocommit_.blocks(entry_->names[1], entry_->names[2],
                            lexer_.certainty_of_all());
}

void check_text(const Source& source) {
  const std::size_t nul = source.text.find('\0');
  if (nul == source.text.npos) return;
  fail_at(source, nul, "this file holds a NUL byte; a unit is UTF-8 text");
}

}  // namespace

Script scan_unit(std::string_view source_text, const std::string& path) {
  const Source source{source_text, path};
  check_text(source);
  const SplicedText spliced(source_text);
  UnitReader reader(spliced, source);
  reader.read();
  DocComment comment = leading_comment(source_text);
  Script script;
  script.revision = reader.declaration().revision;
  script.doc = std::move(comment.doc);
  script.longdoc = std::move(comment.longdoc);
  script.path = path;
  script.line = line_of(source_text, reader.declaration().offset);
  script.revision.origin = path + ":" + std::to_string(script.line);
  script.autocommit = reader.autocommit();
  return script;
}

}  // namespace revise::script
