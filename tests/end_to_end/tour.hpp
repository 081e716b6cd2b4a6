/// The README's tour as a case, so that what it shows is what happens.
///
/// Blocks fenced as ```console hold commands after `$ ` and what they print, both
/// streams together; a block fenced as ```cpp PATH is a file. Others are prose.

#pragma once

#include <string>
#include <vector>

#include "tests/end_to_end/case_file.hpp"

namespace revise::testing {

/// The steps in `text`, in order; those between the lines `<!-- tour -->` and
/// `<!-- end of tour -->` alone. Throws std::runtime_error when there is none.
std::vector<Step> parse_tour(const std::string& text);

}  // namespace revise::testing
