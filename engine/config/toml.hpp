/// What pyproject.toml says under [tool.alembic] and [tool.revise].
///
/// Values are plain; the %-formatting that Alembic does on them is done here.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace revise::config {

/// Text is formatted already. monostate: of a type that no setting has.
using TomlValue = std::variant<std::monostate, std::string, std::int64_t, bool,
                               std::vector<std::string>>;

struct TomlOption {
  std::string name;
  TomlValue value;
  int line = 0;  ///< 1-based
};

using TomlTable = std::vector<TomlOption>;  ///< in order of the names

struct Toml {
  std::string file = {};
  TomlTable alembic = {};             ///< [tool.alembic]
  TomlTable revise = {};              ///< [tool.revise]
  std::vector<TomlTable> hooks = {};  ///< [[tool.alembic.post_write_hooks]]
};

/// The option of that name, or nullptr.
const TomlOption* find(const TomlTable& table, std::string_view name);

/// `here` is what `%(here)s` gives. Throws ConfigError with file and line on what is
/// no TOML, on a '%' that is neither '%%' nor '%(here)s', and on tables that are none.
Toml parse_toml(std::string_view text, const std::string& file,
                const std::string& here);

}  // namespace revise::config
