/// Arrays as PostgreSQL writes them: {1,NULL,"a \"b\"",{...}}.
///
/// What an element means is the reader's business.
/// https://www.postgresql.org/docs/15/arrays.html#ARRAYS-IO

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace revise::operations {

using ArrayElement = std::optional<std::string>;  ///< nothing: NULL

/// The elements of the outermost dimension, an inner array as its own text. Bounds
/// before the first brace ("[2:3]=") are passed over. Nothing on what is no array.
std::optional<std::vector<ArrayElement>> parse_array(std::string_view text);

/// An element between quotes, whatever it holds.
std::string quoted_element(std::string_view text);

}  // namespace revise::operations
