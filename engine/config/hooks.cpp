#include <map>

#include "engine/config/config.hpp"
#include "engine/core/error.hpp"
#include "engine/core/shell_words.hpp"
#include "engine/core/text.hpp"

namespace revise::config {

namespace {

constexpr std::string_view kSection = "post_write_hooks";
constexpr std::string_view kFileToken = "REVISION_SCRIPT_FILENAME";

// A hook's options by name, wherever they stood.
struct RawHook {
  std::string name;
  std::map<std::string, std::string> options;
  std::string file;
  int line = 0;

  [[noreturn]] void refuse(const std::string& message) const {
    throw ConfigError(message, file, line);
  }

  const std::string* find(const std::string& option) const {
    const auto found = options.find(option);
    return found == options.end() ? nullptr : &found->second;
  }

  std::string get(const std::string& option) const {
    const auto* found = find(option);
    return found == nullptr ? std::string() : *found;
  }
};

std::vector<RawHook> hooks_in_ini(const Ini& ini) {
  std::vector<RawHook> hooks;
  const auto names = ini.get(kSection, "hooks").value_or("");
  for (const auto& name :
       split(replace_all(replace_all(names, ",", " "), "\n", " "), ' ')) {
    if (strip(name).empty()) continue;
    RawHook hook{name, {}, ini.file(), ini.line_of(kSection, "hooks")};
    for (const std::string option :
         {"type", "executable", "options", "cwd", "entrypoint", "module"}) {
      const auto key = name + "." + option;
      if (auto value = ini.get(kSection, key)) {
        hook.options[option] = std::move(*value);
        if (option == "type") hook.line = ini.line_of(kSection, key);
      }
    }
    hooks.push_back(std::move(hook));
  }
  return hooks;
}

std::vector<RawHook> hooks_in_toml(const Toml& toml) {
  std::vector<RawHook> hooks;
  for (const auto& table : toml.hooks) {
    RawHook hook{"", {}, toml.file, table.empty() ? 0 : table.front().line};
    for (const auto& option : table) {
      if (const auto* text = std::get_if<std::string>(&option.value)) {
        hook.options[option.name] = *text;
      }
    }
    hook.name = hook.get("name");
    if (hook.name.empty()) hook.refuse("a post write hook has no 'name'");
    hooks.push_back(std::move(hook));
  }
  return hooks;
}

// Only Python finds entry points and modules, and runs what an env.py registers.
[[noreturn]] void refuse_type(const RawHook& hook, const std::string& type) {
  if (type != "console_scripts" && type != "module") {
    hook.refuse("No formatter with name " + quoted(type) + " registered");
  }
  const bool is_module = type == "module";
  const auto program = hook.get(is_module ? "module" : "entrypoint");
  const auto prefix = "'" + hook.name + ".";
  std::string instead = prefix + "type = exec' and " + prefix +
                        "executable = " + (is_module ? "python3" : program) + "'";
  if (is_module) {
    instead += ", and put '-m " + program + "' at the front of " + prefix + "options'";
  }
  hook.refuse("post write hook " + quoted(hook.name) + " is of type " + quoted(type) +
              ", which only Python can run; write " + instead);
}

Hook understood(const RawHook& raw) {
  const auto* type = raw.find("type");
  if (type == nullptr) {
    raw.refuse("Key '" + raw.name +
               ".type' (or 'type' in toml) is required for post write hook " +
               quoted(raw.name));
  }
  if (*type != "exec") refuse_type(raw, *type);
  const auto executable = raw.get("executable");
  if (executable.empty()) {
    raw.refuse("Key " + raw.name + ".executable is required for post write hook " +
               quoted(raw.name));
  }
  auto options = raw.get("options");
  if (options.find(kFileToken) == std::string::npos) {
    options = std::string(kFileToken) + " " + options;
  }
  try {
    return {raw.name, executable, split_command(options), raw.get("cwd")};
  } catch (const Error& error) {
    raw.refuse("post write hook " + quoted(raw.name) + ": " + error.what());
  }
}

}  // namespace

std::vector<std::string> Hook::arguments(const std::string& path) const {
  std::vector<std::string> all = {executable};
  for (const auto& option : options) {
    all.push_back(replace_all(option, kFileToken, path));
  }
  return all;
}

std::vector<Hook> read_hooks(const Sources& sources) {
  const bool is_in_ini = sources.ini.find(kSection) != nullptr;
  const auto raw = is_in_ini ? hooks_in_ini(sources.ini) : hooks_in_toml(sources.toml);
  std::vector<Hook> hooks;
  for (const auto& hook : raw) hooks.push_back(understood(hook));
  return hooks;
}

}  // namespace revise::config
