/// From `:name` in a statement to placeholders and values in their order.

#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/operations/operation.hpp"

namespace revise::operations {

/// What else than SQL's '...', "..." and comments a database does not look into.
struct Quoting {
  bool dollar_quotes = false;    ///< $tag$ ... $tag$
  bool escape_strings = false;   ///< E'...\'...'
  bool nested_comments = false;  ///< /* /* */ */
  bool backticks = false;        ///< `name`
  bool brackets = false;         ///< [name]
};

/// The place of a value that is to stand in the SQL itself.
inline constexpr std::size_t kInline = 0;

/// Writes what stands for the parameter at `place`, counted from 1, or kInline.
using Placeholder =
    std::function<std::string(std::size_t place, const driver::Value& value)>;

struct BoundStatement {
  std::string sql;
  std::vector<driver::Value> values;  ///< one for each place, in order
};

/// `:name` is looked for outside literals, quoted names and comments only, `\:` is a
/// colon, `::` stays, and so does a colon that follows a word. A name that stands
/// twice gets two places. Throws UnitError on a parameter that is missing or not used.
BoundStatement bind_named(std::string_view sql, std::span<const NamedValue> parameters,
                          const Quoting& quoting, const Placeholder& placeholder);

}  // namespace revise::operations
