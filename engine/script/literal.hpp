/// What a string literal stands for.

#pragma once

#include <string>
#include <string_view>

#include "engine/script/cpp_lexer.hpp"

namespace revise::script {

/// The bytes of a String or RawString token. Throws UnitError on a prefix or suffix,
/// on escapes that are not in C++20, and on a NUL.
std::string value_of(const Token& literal, const Source& source);

}  // namespace revise::script
