#include "engine/config/toml.hpp"

#include <stdexcept>
#include <utility>

namespace {

[[noreturn]] void assertion_failed() {
  throw std::logic_error("a key, a value or a closing bracket is expected");
}

}  // namespace

// toml++ 3.3 asserts what odd inputs break ("[[=" for one), and with NDEBUG makes the
// compiler assume it. It has to be an error instead.
#undef NDEBUG
#define TOML_ASSERT(expression) \
  ((expression) ? static_cast<void>(0) : assertion_failed())
#include <toml++/toml.h>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"

namespace revise::config {

namespace {

struct Reader {
  const std::string& file;
  const std::string& here;

  [[noreturn]] void refuse(const std::string& message, const toml::node& at) const {
    throw ConfigError(message, file, static_cast<int>(at.source().begin.line));
  }

  // Python's `text % {"here": here}`, as far as it makes sense.
  std::string formatted(const std::string& text, std::string_view key,
                        const toml::node& at) const {
    constexpr std::string_view kHere = "%(here)s";
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
      const auto rest = std::string_view(text).substr(i);
      if (rest[0] != '%') {
        out += text[i++];
      } else if (rest.substr(0, 2) == "%%") {
        out += '%';
        i += 2;
      } else if (rest.substr(0, kHere.size()) == kHere) {
        out += here;
        i += kHere.size();
      } else {
        refuse("key " + quoted(key) +
                   " has a '%' that begins neither '%%' nor '%(here)s'; write '%%' for "
                   "a '%'",
               at);
      }
    }
    return out;
  }

  TomlValue list(const toml::array& array, std::string_view key) const {
    std::vector<std::string> items;
    for (const auto& item : array) {
      const auto* text = item.as_string();
      if (text == nullptr) return {};
      items.push_back(formatted(text->get(), key, item));
    }
    return items;
  }

  TomlValue value(const toml::node& node, std::string_view key) const {
    if (const auto* text = node.as_string()) return formatted(text->get(), key, node);
    if (const auto* number = node.as_integer()) return number->get();
    if (const auto* truth = node.as_boolean()) return truth->get();
    if (const auto* array = node.as_array()) return list(*array, key);
    return {};
  }

  TomlTable table(const toml::table& from) const {
    TomlTable options;
    for (const auto& [key, node] : from) {
      const std::string name(key);
      if (name == "post_write_hooks") continue;
      options.push_back(
          {name, value(node, name), static_cast<int>(node.source().begin.line)});
    }
    return options;
  }

  std::vector<TomlTable> hooks(const toml::table& alembic) const {
    const auto* node = alembic.get("post_write_hooks");
    if (node == nullptr) return {};
    const auto* array = node->as_array();
    if (array == nullptr) refuse("'post_write_hooks' is no array of tables", *node);
    std::vector<TomlTable> found;
    for (const auto& item : *array) {
      if (!item.is_table()) refuse("'post_write_hooks' is no array of tables", item);
      found.push_back(table(*item.as_table()));
    }
    return found;
  }

  const toml::table* section(const toml::table& document, std::string_view name) const {
    const auto* tool = document.get("tool");
    if (tool == nullptr) return nullptr;
    if (!tool->is_table()) refuse("Incorrect TOML format", *tool);
    const auto* node = tool->as_table()->get(name);
    if (node == nullptr) return nullptr;
    if (!node->is_table()) refuse("Incorrect TOML format", *node);
    return node->as_table();
  }
};

toml::table parse_document(std::string_view text, const std::string& file) {
  try {
    return toml::parse(text, file);
  } catch (const toml::parse_error& error) {
    throw ConfigError("this is no TOML: " + std::string(error.description()), file,
                      static_cast<int>(error.source().begin.line));
  } catch (const std::logic_error& error) {
    throw ConfigError(std::string("this is no TOML: ") + error.what(), file);
  }
}

}  // namespace

const TomlOption* find(const TomlTable& table, std::string_view name) {
  for (const auto& option : table) {
    if (option.name == name) return &option;
  }
  return nullptr;
}

Toml parse_toml(std::string_view text, const std::string& file,
                const std::string& here) {
  const auto document = parse_document(text, file);
  const Reader reader{file, here};
  Toml toml{.file = file};
  if (const auto* alembic = reader.section(document, "alembic")) {
    toml.alembic = reader.table(*alembic);
    toml.hooks = reader.hooks(*alembic);
  }
  if (const auto* revise = reader.section(document, "revise")) {
    toml.revise = reader.table(*revise);
  }
  return toml;
}

}  // namespace revise::config
