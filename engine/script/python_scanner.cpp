#include "engine/script/python_scanner.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <utility>
#include <vector>

#include "engine/core/text.hpp"
#include "engine/script/id_rules.hpp"
#include "engine/script/python_lexer.hpp"

namespace revise::script {
namespace {

// What an assignment gave: absent, None, one string, or several.
struct Value {
  std::vector<std::string> strings = {};
  enum class Form { None, String, Sequence } form = Form::None;
  std::size_t offset = 0;
};

constexpr std::array<std::string_view, 4> kNames = {"revision", "down_revision",
                                                    "branch_labels", "depends_on"};

// Words behind which a name may get a value.
bool is_rebinding(const PythonToken& word) {
  constexpr std::string_view kWords[] = {"global", "del", "import", "for", "as"};
  return std::any_of(std::begin(kWords), std::end(kWords),
                     [&word](std::string_view known) { return word.is(known); });
}

class PythonReader {
 public:
  explicit PythonReader(const Source& source) : source_(source), lexer_(source) {}

  void read();
  const std::optional<Value>& value(std::size_t name) const { return values_[name]; }
  const std::string& docstring() const { return docstring_; }
  std::size_t place_of(std::string_view name) const;

 private:
  using Kind = PythonTokenKind;

  void advance() { token_ = lexer_.next(); }
  bool at_end_of_statement() const {
    return token_.kind == Kind::Newline || token_.kind == Kind::End ||
           (token_.is(";") && token_.depth == 0);
  }
  void read_docstring();
  void read_statement();
  void read_assignment(std::size_t name);
  void skip_statement();
  void skip_line();
  Value read_expression();
  Value read_atom(unsigned depth);
  Value read_strings(NamedCharacters named);
  Value read_bracketed(unsigned depth);
  void append_element(Value& sequence, Value element) const;
  bool is_in_definition() const { return definition_indent_.has_value(); }
  [[noreturn]] void fail(const std::string& what) const {
    fail_at(source_, token_.offset, what);
  }

  const Source& source_;
  PythonLexer lexer_;
  PythonToken token_;
  std::string docstring_;
  std::array<std::optional<Value>, kNames.size()> values_;
  std::optional<std::size_t> definition_indent_;  // of the outermost def or class
};

std::size_t PythonReader::place_of(std::string_view name) const {
  std::size_t place = 0;
  while (place < kNames.size() && kNames[place] != name) ++place;
  return place;
}

void PythonReader::read() {
  advance();
  read_docstring();
  while (token_.kind != Kind::End) {
    if (token_.kind == Kind::Newline || token_.is(";")) {
      advance();
    } else {
      read_statement();
    }
  }
}

// The first statement, when it is strings and nothing else.
void PythonReader::read_docstring() {
  if (token_.kind != Kind::String || token_.indent != 0) return;
  const std::string_view prefix =
      token_.text.substr(0, token_.text.find_first_of("'\""));
  // Those are values of their own kind, and no docstrings.
  if (prefix.find_first_of("bBfFtT") != prefix.npos) return;
  Value text = read_strings(NamedCharacters::KeptAsWritten);
  if (at_end_of_statement()) docstring_ = std::move(text.strings.front());
}

void PythonReader::read_statement() {
  if (definition_indent_ && token_.indent <= *definition_indent_) {
    definition_indent_.reset();
  }
  if (is_in_definition()) {
    skip_line();
    return;
  }
  if (token_.is("def") || token_.is("class") || token_.is("async")) {
    definition_indent_ = token_.indent;
    skip_line();
    return;
  }
  const std::size_t name = token_.kind == Kind::Name ? place_of(token_.text) : 4;
  if (name < kNames.size() && token_.indent == 0) {
    read_assignment(name);
  } else {
    skip_statement();
  }
}

// `name = value`, `name: annotation = value`; a bare annotation assigns nothing.
void PythonReader::read_assignment(std::size_t name) {
  const PythonToken start = token_;
  advance();
  if (token_.is(":")) {
    while (!at_end_of_statement() && !(token_.is("=") && token_.depth == 0)) advance();
    if (at_end_of_statement()) return;
  }
  if (!token_.is("=")) {
    if (at_end_of_statement() || token_.is(".") || token_.is("(") || token_.is("==")) {
      skip_statement();
      return;
    }
    fail_at(source_, start.offset,
            "what becomes of '" + std::string(kNames[name]) +
                "' here cannot be told without running this file");
  }
  advance();
  Value value = read_expression();
  if (!at_end_of_statement()) {
    fail(shown(token_.text) + " cannot be read without running this file; '" +
         std::string(kNames[name]) + "' must be made of string literals");
  }
  value.offset = start.offset;
  values_[name] = std::move(value);
}

// Any other way in which one of the names may get a value is an error.
void PythonReader::skip_statement() {
  bool rebinds = false;
  bool is_attribute = false;
  while (!at_end_of_statement()) {
    const PythonToken name = token_;
    advance();
    rebinds = rebinds || is_rebinding(name);
    const bool is_own = !std::exchange(is_attribute, name.is("."));
    if (!is_own || name.kind != Kind::Name || place_of(name.text) == kNames.size())
      continue;
    const bool is_assigned =
        token_.is(":=") ||
        (name.depth == 0 && (token_.is("=") || token_.is(",") || rebinds));
    if (!is_assigned) continue;
    fail_at(source_, name.offset,
            "what becomes of '" + std::string(name.text) +
                "' here cannot be told without running this file");
  }
}

void PythonReader::skip_line() {
  while (token_.kind != Kind::Newline && token_.kind != Kind::End) advance();
}

// A value, or several with commas between: a tuple without parentheses.
Value PythonReader::read_expression() {
  Value value = read_atom(0);
  if (!token_.is(",")) return value;
  Value sequence;
  sequence.form = Value::Form::Sequence;
  append_element(sequence, std::move(value));
  while (token_.is(",")) {
    advance();
    if (at_end_of_statement()) break;
    append_element(sequence, read_atom(0));
  }
  return sequence;
}

void PythonReader::append_element(Value& sequence, Value element) const {
  if (element.form != Value::Form::String) {
    fail("the elements of a sequence of ids must be string literals");
  }
  sequence.strings.push_back(std::move(element.strings.front()));
}

Value PythonReader::read_atom(unsigned depth) {
  constexpr unsigned kMaxDepth = 16;
  if (depth > kMaxDepth) fail("these brackets are nested too deep to be read");
  if (token_.is("None")) {
    advance();
    return {};
  }
  if (token_.kind == Kind::String) return read_strings(NamedCharacters::Refused);
  if (token_.is("(") || token_.is("[") || token_.is("{")) return read_bracketed(depth);
  fail(shown(token_.text) +
       " is no string literal; only literals can be read without running this file");
}

Value PythonReader::read_strings(NamedCharacters named) {
  Value value;
  value.form = Value::Form::String;
  value.strings.emplace_back();
  while (token_.kind == Kind::String) {
    value.strings.front() += value_of(token_, source_, named);
    advance();
  }
  return value;
}

// A list, set or tuple, or a value in parentheses.
Value PythonReader::read_bracketed(unsigned depth) {
  const bool is_parenthesis = token_.is("(");
  const std::string_view closing = is_parenthesis ? ")" : token_.is("[") ? "]" : "}";
  const PythonToken opening = token_;
  advance();
  Value sequence;
  sequence.form = Value::Form::Sequence;
  bool has_comma = false;
  while (!token_.is(closing)) {
    Value element = read_atom(depth + 1);
    if (is_parenthesis && !has_comma && token_.is(closing)) {
      advance();
      return element;
    }
    append_element(sequence, std::move(element));
    if (!token_.is(closing) && !token_.is(",")) {
      fail(shown(token_.text) + " cannot be read between two ids");
    }
    has_comma = token_.is(",");
    if (has_comma) advance();
  }
  if (closing == "}" && sequence.strings.empty()) {
    fail_at(source_, opening.offset, "'{}' is a dictionary, which holds no ids");
  }
  advance();
  return sequence;
}

std::vector<std::string> ids_of(const std::optional<Value>& value,
                                std::string_view name, const Source& source) {
  if (!value) return {};
  for (const std::string& id : value->strings) {
    if (id.empty() || id.size() > kMaxIdLength || id.find('\0') != id.npos) {
      fail_at(source, value->offset,
              quoted(name) + " holds " + shown(id) +
                  ", which is empty, longer than 255 characters or holds a NUL");
    }
  }
  return value->strings;
}

// Alembic 0.1 kept the id in the file's name alone.
std::string id_of_name(const std::string& path) {
  const std::string name = path.substr(path.rfind('/') + 1);
  const std::size_t end = name.find_first_not_of("0123456789abcdef");
  return end > 0 && name.substr(end) == ".py" ? name.substr(0, end) : std::string();
}

std::string revision_id(const PythonReader& reader, const Source& source) {
  const std::optional<Value>& value = reader.value(0);
  if (value && value->form != Value::Form::String) {
    fail_at(source, value->offset, "'revision' must be one string literal");
  }
  if (value) return ids_of(value, kNames[0], source).front();
  std::string id = id_of_name(source.path);
  if (id.empty()) {
    fail_at(source, 0,
            "Could not determine revision id from filename " +
                source.path.substr(source.path.rfind('/') + 1) +
                ". Be sure the 'revision' variable is declared inside the script");
  }
  return id;
}

}  // namespace

Script scan_python(std::string_view source_text, const std::string& path) {
  const Source source{source_text, path};
  PythonReader reader(source);
  reader.read();
  Script script;
  script.revision.revision = revision_id(reader, source);
  if (!reader.value(1)) {
    fail_at(source, 0, "this file does not set 'down_revision' (None for a base)");
  }
  script.revision.down_revisions = ids_of(reader.value(1), kNames[1], source);
  script.revision.branch_labels = ids_of(reader.value(2), kNames[2], source);
  script.revision.depends_on = ids_of(reader.value(3), kNames[3], source);
  script.longdoc = strip(reader.docstring());
  script.doc = script.longdoc.substr(0, script.longdoc.find("\n\n"));
  script.path = path;
  script.line = line_of(source_text, reader.value(0) ? reader.value(0)->offset : 0);
  script.revision.origin = path + ":" + std::to_string(script.line);
  script.language = Language::Python;
  return script;
}

bool is_python_revision(std::string_view file_name) {
  return file_name.ends_with(".py") && !file_name.starts_with(".#") &&
         !file_name.starts_with("__init__");
}

}  // namespace revise::script
