/// The source of a bundle's table.

#pragma once

#include <string>

#include "engine/unit/bundle.hpp"

namespace revise::unit {

/// `text` as a C++ string literal, whatever its bytes.
std::string render_literal(const std::string& text);

/// The translation unit that defines revise_bundle_table() for `request`.
std::string render_table(const BundleRequest& request);

}  // namespace revise::unit
