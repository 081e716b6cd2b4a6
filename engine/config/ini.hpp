/// Text in the format of Python's configparser, by its rules: sections, options,
/// continuation lines, [DEFAULT], BasicInterpolation.
///
/// Which sections and options there should be is config.hpp's business. Checked
/// against Python 3.11: https://docs.python.org/3.11/library/configparser.html

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace revise::config {

/// An option as written, before interpolation.
struct IniOption {
  std::string name;   ///< lower case
  std::string value;  ///< lines joined by '\n', stripped
  int line = 0;       ///< 1-based, of its name
};

struct IniSection {
  std::string name;
  int line = 0;
  std::vector<IniOption> options = {};  ///< own ones, in order

  const IniOption* find(std::string_view option) const;
};

class Ini {
 public:
  Ini() = default;

  /// `here` is what `%(here)s` gives; `file` is quoted in errors. Throws ConfigError
  /// with file and line on what configparser refuses (strict, as its default is).
  static Ini parse(std::string_view text, std::string file, const std::string& here);

  const std::string& file() const noexcept { return file_; }

  /// In order, without [DEFAULT].
  const std::vector<IniSection>& sections() const noexcept { return sections_; }
  const IniSection& defaults() const noexcept { return defaults_; }
  const IniSection* find(std::string_view section) const;

  /// Whether `option` stands in `section` or in [DEFAULT]; false without the section.
  bool has(std::string_view section, std::string_view option) const;

  /// The value with `%(name)s` and `%%` replaced. Nothing where has() is false.
  /// Throws ConfigError on bad interpolation (Python's words, value left out).
  std::optional<std::string> get(std::string_view section,
                                 std::string_view option) const;

  /// The value as written.
  std::optional<std::string> raw(std::string_view section,
                                 std::string_view option) const;

  /// The line of the option that get() would read; 0: none.
  int line_of(std::string_view section, std::string_view option) const;

 private:
  struct Place {
    std::string_view section;
    std::string_view option;
  };

  const IniOption* lookup(std::string_view section, std::string_view option) const;
  void interpolate(const Place& place, std::string_view rest, int depth,
                   std::string& out) const;

  std::string file_;
  IniSection defaults_{"DEFAULT", 0, {}};
  std::vector<IniSection> sections_;
};

}  // namespace revise::config
