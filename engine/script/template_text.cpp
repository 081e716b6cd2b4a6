// The only file that includes the templates' library, which is slow to compile.

#include <kainjow/mustache.hpp>

#include "engine/core/error.hpp"
#include "engine/script/unit_writer.hpp"

namespace revise::script {

namespace {

kainjow::mustache::data data_of(const TemplateValues& values) {
  kainjow::mustache::data data;
  for (const auto& [name, value] : values) {
    // An empty text would open a section, which is for what is there.
    if (value.empty())
      data.set(name, false);
    else
      data.set(name, value);
  }
  return data;
}

}  // namespace

std::string render_template(
    const std::string& text, const TemplateValues& values,
    const std::vector<std::pair<std::string, std::vector<TemplateValues>>>& lists) {
  kainjow::mustache::mustache tmpl(text);
  if (!tmpl.is_valid()) {
    throw ConfigError("this template cannot be read: " + tmpl.error_message());
  }
  tmpl.set_custom_escape([](const std::string& plain) { return plain; });
  auto data = data_of(values);
  for (const auto& [name, rounds] : lists) {
    kainjow::mustache::data list(kainjow::mustache::data::type::list);
    for (const auto& round : rounds) list.push_back(data_of(round));
    data.set(name, list);
  }
  return tmpl.render(data);
}

}  // namespace revise::script
