/// Keeps passwords out of what is printed, for statements and what servers say of them.
///
/// A URL, or libpq's own form, that stands by itself is secret.hpp's business.

#pragma once

#include <string>
#include <string_view>

namespace revise {

/// `sql` without the literals and words that follow PASSWORD, also inside of literals,
/// and without passwords in URLs. Errs on the side of hiding too much. Linear.
std::string masked(std::string_view sql);

}  // namespace revise
