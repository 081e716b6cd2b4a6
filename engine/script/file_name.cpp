#include "engine/script/file_name.hpp"

#include <cstdio>
#include <map>
#include <variant>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"

namespace revise::script {
namespace {

using Token = std::variant<long long, std::string>;

std::map<std::string, Token, std::less<>> tokens_of(const std::string& rev,
                                                    const std::string& slug,
                                                    const LocalTime& time) {
  return {
      {"rev",    rev        },
      {"slug",   slug       },
      {"epoch",  time.epoch },
      {"year",   time.year  },
      {"month",  time.month },
      {"day",    time.day   },
      {"hour",   time.hour  },
      {"minute", time.minute},
      {"second", time.second}
  };
}

// One `%(name)` with flags, width, precision and conversion.
class Conversion {
 public:
  Conversion(const std::string& file_template, std::size_t place)
      : template_(file_template), place_(place) {
    const std::size_t close = template_.find(')', place_);
    if (close == std::string::npos) fail("has a '%(' without ')'");
    name_ = template_.substr(place_ + 2, close - place_ - 2);
    place_ = close + 1;
    flags_ = take("-+ 0#");
    width_ = take("0123456789");
    if (place_ < template_.size() && template_[place_] == '.') {
      ++place_;
      precision_ = "." + take("0123456789");
    }
    if (width_.size() > 3 || precision_.size() > 4) fail("asks for too many digits");
    if (place_ == template_.size()) fail("ends inside a token");
    kind_ = template_[place_++];
  }

  const std::string& name() const { return name_; }
  std::size_t end() const { return place_; }

  std::string operator()(const std::string& text) const {
    if (kind_ != 's' && kind_ != 'r') fail("wants a number of '" + name_ + "'");
    return printed(without_zero() + width_ + precision_ + "s", text.c_str());
  }

  std::string operator()(long long number) const {
    if (kind_ == 's') return (*this)(std::to_string(number));
    if (std::string_view("dixXou").find(kind_) == std::string_view::npos) {
      fail("has the format '" + std::string(1, kind_) +
           "', which is none for a number");
    }
    return printed(flags_ + width_ + precision_ + "ll" + kind_, number);
  }

 private:
  std::string take(std::string_view allowed) {
    std::string taken;
    while (place_ < template_.size() &&
           allowed.find(template_[place_]) != std::string_view::npos) {
      taken += template_[place_++];
    }
    return taken;
  }

  // Python pads texts with blanks only, and C leaves it open.
  std::string without_zero() const {
    return flags_.find('-') == std::string::npos ? "" : "-";
  }

  template <typename Value>
  static std::string printed(const std::string& format, Value value) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    const std::string whole = "%" + format;
    const int size = std::snprintf(nullptr, 0, whole.c_str(), value);
    std::string text(static_cast<std::size_t>(size) + 1, '\0');
    std::snprintf(text.data(), text.size(), whole.c_str(), value);
#pragma GCC diagnostic pop
    text.pop_back();
    return text;
  }

  [[noreturn]] void fail(const std::string& what) const {
    throw ConfigError("file_template " + quoted(template_) + " " + what);
  }

  const std::string& template_;
  std::size_t place_;
  std::string name_;
  std::string flags_;
  std::string width_;
  std::string precision_;
  char kind_ = '\0';
};

}  // namespace

std::string render_file_name(const std::string& file_template, const std::string& rev,
                             const std::string& slug, const LocalTime& time) {
  const auto tokens = tokens_of(rev, slug, time);
  std::string name;
  for (std::size_t place = 0; place < file_template.size();) {
    if (file_template[place] != '%') {
      name += file_template[place++];
    } else if (file_template.compare(place, 2, "%%") == 0) {
      name += '%';
      place += 2;
    } else if (file_template.compare(place, 2, "%(") == 0) {
      const Conversion conversion(file_template, place);
      const auto token = tokens.find(conversion.name());
      if (token == tokens.end()) {
        throw ConfigError("file_template " + quoted(file_template) + " has the token " +
                          quoted(conversion.name()) +
                          ", which there is not; there are rev, slug, epoch, year, "
                          "month, day, hour, minute, second");
      }
      name += std::visit(conversion, token->second);
      place = conversion.end();
    } else {
      throw ConfigError("file_template " + quoted(file_template) +
                        " has a '%' that begins no token");
    }
  }
  return name;
}

}  // namespace revise::script
