/// What a unit may ask of the run that it is part of: x-arguments, tag, which of
/// several databases.
///
/// Where they come from is commands' business.

#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace revise::operations {

/// Whether statements are sent, or written down.
enum class Rendering { Online, Offline };

struct RunArguments {
  std::vector<std::string> x_arguments = {};  ///< each -x as it was given, in order
  std::optional<std::string> tag = {};        ///< absent: none was given
  std::string engine_name =
      {};  ///< one of the ini's `databases`; empty: there are none
  Rendering rendering = Rendering::Online;
};

/// The value of the last `name=value`; empty for a bare `name`; nothing when there is
/// neither. Looks into `x_arguments`. As Alembic's
/// EnvironmentContext.get_x_argument(as_dictionary=True).
std::optional<std::string_view> find_x_argument(
    const std::vector<std::string>& x_arguments, std::string_view name);

/// All of them by name, by the same rules.
std::map<std::string, std::string> x_dictionary(
    const std::vector<std::string>& x_arguments);

}  // namespace revise::operations
