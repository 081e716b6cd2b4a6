#include "engine/operations/run_arguments.hpp"

#include <revise/operations.hpp>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/operations/handles.hpp"
#include "engine/operations/sink.hpp"

namespace revise::operations {

std::optional<std::string_view> find_x_argument(
    const std::vector<std::string>& x_arguments, std::string_view name) {
  for (auto given = x_arguments.rbegin(); given != x_arguments.rend(); ++given) {
    const std::string_view text = *given;
    const auto equals = text.find('=');
    if (text.substr(0, equals) != name) continue;
    return equals == text.npos ? text.substr(text.size()) : text.substr(equals + 1);
  }
  return std::nullopt;
}

std::map<std::string, std::string> x_dictionary(
    const std::vector<std::string>& x_arguments) {
  std::map<std::string, std::string> values;
  for (const auto& text : x_arguments) {
    const auto equals = text.find('=');
    values[text.substr(0, equals)] =
        equals == text.npos ? std::string() : text.substr(equals + 1);
  }
  return values;
}

}  // namespace revise::operations

namespace revise {

Characters Operations::get_x_argument(Characters name) const {
  const auto found = operations::find_x_argument(sink_.arguments().x_arguments,
                                                 operations::text_of(name));
  return found ? Characters::borrowed(found->data(), found->size()) : Characters();
}

Characters Operations::get_tag_argument() const {
  const auto& tag = sink_.arguments().tag;
  return tag ? Characters::borrowed(tag->data(), tag->size()) : Characters();
}

Characters Operations::engine_name() const {
  const auto& name = sink_.arguments().engine_name;
  return name.empty() ? Characters() : Characters::borrowed(name.data(), name.size());
}

bool Operations::is_offline_mode() const {
  return sink_.arguments().rendering == operations::Rendering::Offline;
}

void Operations::dispatch_by_engine_name(
    std::initializer_list<EngineFunction> functions) {
  const std::string& name = sink_.arguments().engine_name;
  std::vector<std::string> known;
  for (const EngineFunction& each : functions) {
    known.push_back(operations::required_name(each.engine_name, "a database"));
    if (known.back() == name) return each.function(*this);
  }
  const std::string all = known.empty() ? "none" : join(known, ", ");
  if (name.empty()) {
    throw UnitError("the unit is for several databases (" + all +
                    "), and the ini names none; set databases there");
  }
  throw UnitError("the unit has no function for the database " + quoted(name) +
                  "; it has " + all);
}

}  // namespace revise
