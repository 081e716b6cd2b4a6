#include "engine/script/autocommit_finder.hpp"

#include <algorithm>

namespace revise::script {
namespace {

// Names before a parenthesis in a function's head that are not the function's.
bool is_attribute(std::string_view word) {
  return word == "__attribute__" || word == "alignas" || word == "decltype";
}

// A value that is added to an enum is in a block of its own.
bool is_block(const Token& token) {
  return token.is("autocommit_block") || token.is("add_enum_value");
}

}  // namespace

void AutocommitFinder::see(const Token& token) {
  if (is_block(token)) functions_.push_back(function_);
  if (depth_ == 0) {
    see_outside(token);
  } else if (token.is('{')) {
    ++depth_;
  } else if (token.is('}')) {
    --depth_;
    if (depth_ == 0) function_ = {};
  }
}

void AutocommitFinder::see_outside(const Token& token) {
  if (token.kind == TokenKind::Identifier) {
    if (token.text == "namespace" || token.text == "extern") is_namespace_ = true;
    if (parentheses_ == 0) word_ = token.text;
    return;
  }
  if (token.is('(')) {
    if (parentheses_++ == 0 && function_.empty() && !is_attribute(word_)) {
      function_ = word_;
      is_namespace_ = false;
    }
  } else if (token.is(')')) {
    if (parentheses_ > 0) --parentheses_;
  } else if (token.is('{')) {
    if (!is_namespace_) depth_ = 1;
    is_namespace_ = false;
  } else if (token.is(';') || token.is('}')) {
    function_ = {};
    is_namespace_ = false;
    parentheses_ = 0;
  }
}

AutocommitBlocks AutocommitFinder::blocks(std::string_view upgrade,
                                          std::string_view downgrade,
                                          Certainty certainty) const {
  if (functions_.empty()) return {};
  if (certainty != Certainty::Certain) return {true, true};
  AutocommitBlocks blocks;
  for (const std::string_view function : functions_) {
    if (function != downgrade) blocks.upgrade = true;
    if (function != upgrade) blocks.downgrade = true;
  }
  return blocks;
}

}  // namespace revise::script
