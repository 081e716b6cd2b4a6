#include "engine/config/ini.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "engine/config/python_text.hpp"
#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/core/utf8.hpp"

namespace revise::config {

namespace {

constexpr std::string_view kDefault = "DEFAULT";
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr int kMaxDepth = 10;  // configparser.MAX_INTERPOLATION_DEPTH

int line_at(std::string_view text, std::size_t place) {
  int line = 1;
  for (std::size_t i = 0; i < place; ++i) line += text[i] == '\n' ? 1 : 0;
  return line;
}

// As Python's text files are read: "\r\n" and "\r" are "\n".
std::string with_newlines(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r') {
      out += text[i];
    } else {
      out += '\n';
      if (text.substr(i + 1, 1) == "\n") ++i;
    }
  }
  return out;
}

// RawConfigParser._read of Python 3.11, line by line. What its loop keeps in local
// variables is kept here, so that odd inputs come out the same.
class Reader {
 public:
  Reader(const std::string& file, IniSection& defaults,
         std::vector<IniSection>& sections)
      : file_(file), defaults_(defaults), sections_(sections) {}

  void read(std::string_view text) {
    for (std::size_t start = 0; start < text.size();) {
      const auto end = std::min(text.find('\n', start), text.size());
      ++line_;
      read_line(text.substr(start, end - start));
      start = end + 1;
    }
    if (unparsable_.empty()) return;
    ConfigError error(
        "this line is neither a [section] nor 'name = value', nor does it continue "
        "the one above by being indented",
        file_, unparsable_.front());
    if (unparsable_.size() > 1) {
      std::vector<std::string> others;
      for (auto line = unparsable_.begin() + 1; line != unparsable_.end(); ++line) {
        others.push_back(std::to_string(*line));
      }
      error.add_note("the same is true of line " + join(others, ", "));
    }
    throw error;
  }

 private:
  void read_line(std::string_view line) {
    const auto value = strip_unicode(line);
    const bool is_comment = !value.empty() && (value[0] == '#' || value[0] == ';');
    if (is_comment) return;
    if (value.empty()) {
      if (option_) option().value += '\n';
      return;
    }
    const auto indent = indentation(line);
    if (option_ && indent > indent_) {
      option().value += '\n';
      option().value += value;
      return;
    }
    indent_ = indent;
    const auto close = value.rfind(']');
    if (value[0] == '[' && close != std::string_view::npos && close > 1) {
      open_section(std::string(value.substr(1, close - 1)));
    } else if (section_ == nullptr) {
      refuse_missing_header(line);
    } else {
      read_option(value);
    }
  }

  void open_section(const std::string& name) {
    option_.reset();
    if (name == kDefault) {
      section_ = &defaults_;
      return;
    }
    if (!seen_sections_.insert(name).second) {
      throw ConfigError("section " + quoted(name) + " already exists", file_, line_);
    }
    sections_.push_back({name, line_, {}});
    section_ = &sections_.back();  // good until the next section is opened
  }

  void refuse_missing_header(std::string_view line) {
    std::string message = "there is no [section] above this line";
    if (line.substr(0, kByteOrderMark.size()) == kByteOrderMark) {
      message += "; the file begins with a byte order mark, save it without";
    }
    throw ConfigError(message, file_, line_);
  }

  void read_option(std::string_view text) {
    const auto delimiter = text.find_first_of("=:");
    if (delimiter == std::string_view::npos) {
      unparsable_.push_back(line_);  // the option above may still go on
      return;
    }
    const auto name = lower_unicode(strip_unicode(text.substr(0, delimiter)));
    if (name.empty()) unparsable_.push_back(line_);
    if (!seen_options_.insert({section_->name, name}).second) {
      throw ConfigError("option " + quoted(name) + " in section " +
                            quoted(section_->name) + " already exists",
                        file_, line_);
    }
    set_option(name, std::string(strip_unicode(text.substr(delimiter + 1))));
  }

  // `here` stands in the defaults before the file is read, and may be overwritten.
  void set_option(const std::string& name, std::string value) {
    auto& options = section_->options;
    std::size_t place = 0;
    if (section_ == &defaults_) {
      while (place < options.size() && options[place].name != name) ++place;
    } else {
      place = options.size();
    }
    if (place == options.size()) options.push_back({});
    options[place] = {name, std::move(value), line_};
    option_.reset();
    if (!name.empty()) option_ = place;
  }

  IniOption& option() { return section_->options[*option_]; }

  const std::string& file_;
  IniSection& defaults_;
  std::vector<IniSection>& sections_;
  IniSection* section_ = nullptr;
  std::optional<std::size_t> option_;  // that the next indented line continues
  std::size_t indent_ = 0;             // of the last line that began something
  int line_ = 0;
  std::set<std::string> seen_sections_;
  std::set<std::pair<std::string, std::string>> seen_options_;
  std::vector<int> unparsable_;
};

void strip_ends(IniSection& section) {
  for (auto& option : section.options) {
    // str.rstrip() of the joined lines; white space before them stays.
    const std::string guarded = "x" + option.value;
    option.value = std::string(strip_unicode(guarded).substr(1));
  }
}

}  // namespace

const IniOption* IniSection::find(std::string_view option) const {
  for (const auto& candidate : options) {
    if (candidate.name == option) return &candidate;
  }
  return nullptr;
}

Ini Ini::parse(std::string_view text, std::string file, const std::string& here) {
  Ini ini;
  ini.file_ = std::move(file);
  if (const auto bad = find_invalid_utf8(text)) {
    throw ConfigError("this line is not valid UTF-8", ini.file_, line_at(text, *bad));
  }
  if (!here.empty()) {
    ini.defaults_.options.push_back({"here", replace_all(here, "%", "%%"), 0});
  }
  Reader(ini.file_, ini.defaults_, ini.sections_).read(with_newlines(text));
  strip_ends(ini.defaults_);
  for (auto& section : ini.sections_) strip_ends(section);
  return ini;
}

const IniSection* Ini::find(std::string_view section) const {
  for (const auto& candidate : sections_) {
    if (candidate.name == section) return &candidate;
  }
  return nullptr;
}

const IniOption* Ini::lookup(std::string_view section, std::string_view option) const {
  const IniSection* own = section == kDefault ? &defaults_ : find(section);
  if (own == nullptr) return nullptr;
  const auto name = lower_unicode(option);
  const IniOption* found = own->find(name);
  return found != nullptr ? found : defaults_.find(name);
}

bool Ini::has(std::string_view section, std::string_view option) const {
  return lookup(section, option) != nullptr;
}

std::optional<std::string> Ini::raw(std::string_view section,
                                    std::string_view option) const {
  const IniOption* found = lookup(section, option);
  if (found == nullptr) return std::nullopt;
  return found->value;
}

int Ini::line_of(std::string_view section, std::string_view option) const {
  const IniOption* found = lookup(section, option);
  return found == nullptr ? 0 : found->line;
}

// BasicInterpolation._interpolate_some. The value itself stays out of the errors: it
// may be a password with a lone '%'.
void Ini::interpolate(const Place& place, std::string_view rest, int depth,
                      std::string& out) const {
  const auto refuse = [&](const std::string& why) {
    throw ConfigError("option " + quoted(place.option) + " in section " +
                          quoted(place.section) + " " + why,
                      file_, line_of(place.section, place.option));
  };
  if (depth > kMaxDepth) refuse("is nested too deeply in '%(...)s' references");
  while (!rest.empty()) {
    const auto percent = std::min(rest.find('%'), rest.size());
    out += rest.substr(0, percent);
    rest.remove_prefix(percent);
    if (rest.empty()) return;
    const auto next = rest.substr(1, 1);
    if (next == "%") {
      out += '%';
      rest.remove_prefix(2);
      continue;
    }
    if (next != "(")
      refuse("has a '%' that no '%' or '(' follows; write '%%' for a '%'");
    const auto close = rest.find(')');
    if (close == std::string_view::npos || close == 2 ||
        rest.substr(close + 1, 1) != "s") {
      refuse("has a '%(' that no 'name)s' follows; write '%%' for a '%'");
    }
    const auto name = lower_unicode(rest.substr(2, close - 2));
    const IniOption* found = lookup(place.section, name);
    if (found == nullptr) {
      refuse("contains an interpolation key " + quoted(name) +
             " which is not a valid option name; write '%%' for a '%'");
    }
    rest.remove_prefix(close + 2);
    // Only what holds another reference counts as a level.
    if (found->value.find('%') == std::string::npos) {
      out += found->value;
    } else {
      interpolate(place, found->value, depth + 1, out);
    }
  }
}

std::optional<std::string> Ini::get(std::string_view section,
                                    std::string_view option) const {
  const IniOption* found = lookup(section, option);
  if (found == nullptr) return std::nullopt;
  std::string value;
  interpolate({section, option}, found->value, 1, value);
  return value;
}

}  // namespace revise::config
