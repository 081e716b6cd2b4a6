/// What a command was asked for, read but not looked up: text -> Target.
///
/// Whether such a revision exists is resolve.hpp's business.

#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace revise::graph {

/// `[label@]name`, where name is an id or part of one, a label, or one of the words
/// head, heads and base. `-N` is a name too: resolve_all() counts from the heads.
struct Symbol {
  std::string text = {};   ///< as spelt
  std::string label = {};  ///< empty: none
  std::string name = {};
};

/// `[label@][symbol]+N` or `-N`.
struct Relative {
  std::string text = {};    ///< as spelt
  std::string label = {};   ///< empty: none
  std::string symbol = {};  ///< where to count from; empty: the version rows
  std::string offset = {};  ///< as spelt, with its sign
  long steps = 0;           ///< what `offset` says, signed
};

/// Several at once: revisions of their own right, never relative.
using Symbols = std::vector<Symbol>;

using Target = std::variant<Symbol, Relative, Symbols>;

/// `start:end` of a listing or of a script; a missing end is empty.
struct Range {
  std::string start = {};
  std::string end = {};
};

/// Splits at the first `@`. Throws RevisionError on an empty text or name: neither
/// names anything ("base" does).
Symbol parse_symbol(std::string_view text);

Symbols parse_symbols(const std::vector<std::string>& texts);

/// Relative when the whole text has that form (Alembic looks at its beginning
/// alone), else a Symbol. Throws RevisionError as parse_symbol, and on a count that
/// no graph can have.
Target parse_target(std::string_view text);

/// For `history -r`. Throws RevisionError (Command) without a colon or with several.
Range parse_range(std::string_view text);

/// As its user spelt it; several are joined by ", ".
std::string spelling(const Target& target);

}  // namespace revise::graph
