// The only file that includes the templates' library, which is slow to compile.

#include <kainjow/mustache.hpp>

#include "engine/core/error.hpp"
#include "engine/script/unit_writer.hpp"

namespace revise::script {

std::string render_template(
    const std::string& text,
    const std::vector<std::pair<std::string, std::string>>& values) {
  kainjow::mustache::mustache tmpl(text);
  if (!tmpl.is_valid()) {
    throw ConfigError("this template cannot be read: " + tmpl.error_message());
  }
  tmpl.set_custom_escape([](const std::string& plain) { return plain; });
  kainjow::mustache::data data;
  for (const auto& [name, value] : values) {
    // An empty text would open a section, which is for what is there.
    if (value.empty())
      data.set(name, false);
    else
      data.set(name, value);
  }
  return tmpl.render(data);
}

}  // namespace revise::script
