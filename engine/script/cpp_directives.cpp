// The part of CppLexer that reads directives.

#include "engine/script/cpp_lexer.hpp"

namespace revise::script {

bool CppLexer::at_directive() const {
  if (*cursor_ == '#') return true;
  return *cursor_ == '%' && end_ - cursor_ > 1 && cursor_[1] == ':';
}

bool CppLexer::is_skipping() const {
  return !conditionals_.empty() && conditionals_.back().branch == Branch::Skipped;
}

Certainty CppLexer::certainty() const {
  for (const Conditional& conditional : conditionals_) {
    if (conditional.branch == Branch::Unknown) return Certainty::OnlyTheCompilerKnows;
  }
  return Certainty::Certain;
}

// The next token of the directive's line; End at the line's end, which stays.
Token CppLexer::next_in_line() {
  if (skip_space() || cursor_ == end_) return token(TokenKind::End, cursor_);
  return lex_token(Quotes::MayEndWithLine);
}

void CppLexer::read_directive() {
  const std::size_t offset = offset_of(cursor_);
  cursor_ += *cursor_ == '#' ? 1 : 2;
  const Token name = next_in_line();
  if (name.is("if") || name.is("ifdef") || name.is("ifndef")) {
    open_conditional(name.text, offset);
  } else if (name.is("elif") || name.is("elifdef") || name.is("elifndef") ||
             name.is("else") || name.is("endif")) {
    turn_conditional(name.text, offset);
  } else if (!is_skipping()) {
    if (name.is("define") || name.is("undef")) read_definition();
    if (name.is("include") || name.is("include_next") || name.is("import") ||
        name.is("embed")) {
      skip_header_name();
    }
    if (name.kind != TokenKind::End && !name.is("pragma")) ++text_directives_;
  }
  while (next_in_line().kind != TokenKind::End) {
  }
}

// What looks like a comment or a quote inside a header's name is none.
void CppLexer::skip_header_name() {
  if (skip_space() || cursor_ == end_) return;
  if (*cursor_ != '<' && *cursor_ != '"') return;
  const std::string_view rest(cursor_, static_cast<std::size_t>(end_ - cursor_));
  const std::string_view line = rest.substr(0, rest.find('\n'));
  const std::size_t close = line.find(*cursor_ == '<' ? '>' : '"', 1);
  if (close != line.npos) cursor_ += close + 1;
}

void CppLexer::read_definition() {
  const Token name = next_in_line();
  if (name.kind == TokenKind::Identifier) macros_.push_back(name.text);
}

// Only what needs no knowledge of macros is decided here.
CppLexer::Branch CppLexer::read_condition(std::string_view name) {
  if (name != "if" && name != "elif") return Branch::Unknown;
  const Token value = next_in_line();
  if (value.is("__has_include")) {
    if (next_in_line().is('(')) skip_header_name();
    return Branch::Unknown;
  }
  if (next_in_line().kind != TokenKind::End) return Branch::Unknown;
  if (value.text == "0" || value.is("false")) return Branch::Skipped;
  if (value.text == "1" || value.is("true")) return Branch::Taken;
  return Branch::Unknown;
}

void CppLexer::open_conditional(std::string_view name, std::size_t offset) {
  // Nothing inside a group that is taken out can be taken.
  const Branch before = is_skipping() ? Branch::Taken : Branch::Skipped;
  const Branch branch = is_skipping() ? Branch::Skipped : read_condition(name);
  if (branch == Branch::Unknown) certainty_of_all_ = Certainty::OnlyTheCompilerKnows;
  conditionals_.push_back({offset, branch, before});
}

void CppLexer::turn_conditional(std::string_view name, std::size_t offset) {
  if (conditionals_.empty()) {
    fail_at(source_, offset, "this #" + std::string(name) + " has no #if");
  }
  Conditional& conditional = conditionals_.back();
  if (name == "endif") {
    conditionals_.pop_back();
    return;
  }
  if (conditional.branch == Branch::Taken) conditional.before = Branch::Taken;
  if (conditional.branch == Branch::Unknown && conditional.before == Branch::Skipped) {
    conditional.before = Branch::Unknown;
  }
  if (conditional.before == Branch::Taken) {
    conditional.branch = Branch::Skipped;
    return;
  }
  Branch branch = name == "else" ? Branch::Taken : read_condition(name);
  if (branch == Branch::Taken && conditional.before == Branch::Unknown) {
    branch = Branch::Unknown;
  }
  if (branch == Branch::Unknown) certainty_of_all_ = Certainty::OnlyTheCompilerKnows;
  conditional.branch = branch;
}

}  // namespace revise::script
