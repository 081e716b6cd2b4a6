#include "engine/config/log_format.hpp"

#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <optional>
#include <variant>

namespace revise::config {

namespace {

using Field = std::variant<std::string, std::int64_t, double>;

std::string formatted_time(const LogFormat& format,
                           std::chrono::system_clock::time_point time) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(time);
  std::tm local = {};
  ::localtime_r(&seconds, &local);
  const bool is_default = format.datefmt.empty();
  const char* pattern = is_default ? "%Y-%m-%d %H:%M:%S" : format.datefmt.c_str();
  char text[256];
  const auto length = std::strftime(text, sizeof text, pattern, &local);
  std::string out(text, length);
  if (is_default) {
    const auto since = time.time_since_epoch();
    const auto milliseconds = std::chrono::floor<std::chrono::milliseconds>(since) -
                              std::chrono::floor<std::chrono::seconds>(since);
    char fraction[8];
    std::snprintf(fraction, sizeof fraction, ",%03d",
                  static_cast<int>(milliseconds.count()));
    out += fraction;
  }
  return out;
}

// The attributes of a LogRecord:
// https://docs.python.org/3.11/library/logging.html#logrecord-attributes
std::optional<Field> field_of(std::string_view name, const LogFormat& format,
                              const LogRecord& record) {
  using Seconds = std::chrono::duration<double>;
  const double created = Seconds(record.time.time_since_epoch()).count();
  if (name == "levelname") return std::string(name_of(record.level));
  if (name == "levelno") return static_cast<std::int64_t>(record.level);
  if (name == "name") return std::string(record.logger);
  if (name == "message") return std::string(record.message);
  if (name == "asctime") return formatted_time(format, record.time);
  if (name == "created") return created;
  if (name == "msecs")
    return (created - static_cast<double>(static_cast<std::int64_t>(created))) * 1000;
  if (name == "relativeCreated") return 0.0;
  if (name == "process") return static_cast<std::int64_t>(::getpid());
  if (name == "processName") return std::string("MainProcess");
  if (name == "thread") return static_cast<std::int64_t>(::gettid());
  if (name == "threadName") return std::string("MainThread");
  if (name == "lineno") return std::int64_t{0};
  if (name == "pathname" || name == "filename" || name == "module" ||
      name == "funcName") {
    return std::string();
  }
  return std::nullopt;
}

struct Shape {
  bool left = false;
  bool centred = false;
  char fill = ' ';
  std::size_t width = 0;
  std::optional<std::size_t> precision = {};
};

std::string as_text(const Field& field, std::optional<std::size_t> precision) {
  if (const auto* text = std::get_if<std::string>(&field)) return *text;
  if (const auto* number = std::get_if<std::int64_t>(&field)) {
    return std::to_string(*number);
  }
  char text[64];
  std::snprintf(text, sizeof text, "%.*f", static_cast<int>(precision.value_or(6)),
                std::get<double>(field));
  return text;
}

std::string shaped(const Field& field, const Shape& shape) {
  std::string text = as_text(field, shape.precision);
  if (shape.precision && std::holds_alternative<std::string>(field)) {
    text.resize(std::min(text.size(), *shape.precision));
  }
  const auto missing = shape.width > text.size() ? shape.width - text.size() : 0;
  const auto before = shape.left ? 0 : shape.centred ? missing / 2 : missing;
  return std::string(before, shape.fill) + text +
         std::string(missing - before, shape.fill);
}

// Reads digits at the front of `text`, and takes them off.
std::size_t take_number(std::string_view& text) {
  constexpr std::size_t kWidest = 1000;  // a line's width, not a reason to run out
  std::size_t number = 0;
  while (!text.empty() && text[0] >= '0' && text[0] <= '9') {
    number = std::min(kWidest, number * 10 + static_cast<std::size_t>(text[0] - '0'));
    text.remove_prefix(1);
  }
  return number;
}

void take_width_and_precision(std::string_view& text, Shape& shape) {
  shape.width = take_number(text);
  if (text.substr(0, 1) != ".") return;
  text.remove_prefix(1);
  shape.precision = take_number(text);
}

// One piece at the front of `rest`: what it becomes, and how long it is. Nothing when
// it is none of the style's fields and stands for itself.
struct Piece {
  std::string text;
  std::size_t length;
};

// %(name)-5.5s
std::optional<Piece> percent_piece(std::string_view rest, const LogFormat& format,
                                   const LogRecord& record) {
  if (rest.substr(0, 2) == "%%") return Piece{"%", 2};
  const auto close = rest.find(')');
  if (rest.substr(0, 2) != "%(" || close == std::string_view::npos) return std::nullopt;
  const auto field = field_of(rest.substr(2, close - 2), format, record);
  auto spec = rest.substr(close + 1);
  Shape shape;
  for (; !spec.empty() &&
         std::string_view("-0+ #").find(spec[0]) != std::string_view::npos;
       spec.remove_prefix(1)) {
    if (spec[0] == '-') shape.left = true;
    if (spec[0] == '0') shape.fill = '0';
  }
  take_width_and_precision(spec, shape);
  if (!field || spec.empty()) return std::nullopt;
  if (shape.left || spec[0] == 's') shape.fill = ' ';
  return Piece{shaped(*field, shape), rest.size() - spec.size() + 1};
}

// {name:<8}
std::optional<Piece> brace_piece(std::string_view rest, const LogFormat& format,
                                 const LogRecord& record) {
  constexpr std::string_view kAlignments = "<>^";
  if (rest.substr(0, 2) == "{{" || rest.substr(0, 2) == "}}") {
    return Piece{std::string(rest.substr(0, 1)), 2};
  }
  const auto close = rest.find('}');
  if (rest[0] != '{' || close == std::string_view::npos) return std::nullopt;
  const auto inside = rest.substr(1, close - 1);
  const auto colon = std::min(inside.find(':'), inside.size());
  const auto field = field_of(inside.substr(0, colon), format, record);
  if (!field) return std::nullopt;
  auto spec = inside.substr(std::min(colon + 1, inside.size()));
  Shape shape{.left = std::holds_alternative<std::string>(*field)};
  if (spec.size() > 1 && kAlignments.find(spec[1]) != std::string_view::npos) {
    shape.fill = spec[0];
    spec.remove_prefix(1);
  }
  if (!spec.empty() && kAlignments.find(spec[0]) != std::string_view::npos) {
    shape.left = spec[0] == '<';
    shape.centred = spec[0] == '^';
    spec.remove_prefix(1);
  }
  take_width_and_precision(spec, shape);
  return Piece{shaped(*field, shape), close + 1};
}

// ${name} or $name
std::optional<Piece> dollar_piece(std::string_view rest, const LogFormat& format,
                                  const LogRecord& record) {
  if (rest.substr(0, 2) == "$$") return Piece{"$", 2};
  const bool has_braces = rest.substr(0, 2) == "${";
  const std::size_t start = has_braces ? 2 : 1;
  std::size_t end = start;
  while (
      end < rest.size() &&
      (std::isalnum(static_cast<unsigned char>(rest[end])) != 0 || rest[end] == '_')) {
    ++end;
  }
  if (has_braces && rest.substr(end, 1) != "}") return std::nullopt;
  const auto field = field_of(rest.substr(start, end - start), format, record);
  if (!field) return std::nullopt;
  return Piece{shaped(*field, {}), end + (has_braces ? 1 : 0)};
}

}  // namespace

std::string_view name_of(log::Level level) {
  switch (level) {
    case log::Level::Debug:
      return "DEBUG";
    case log::Level::Info:
      return "INFO";
    case log::Level::Warning:
      return "WARNING";
    case log::Level::Error:
      return "ERROR";
  }
  return "NOTSET";
}

std::string format_line(const LogFormat& format, const LogRecord& record) {
  const std::string_view special = format.style == '{'   ? "{}"
                                   : format.style == '$' ? "$"
                                                         : "%";
  std::string line;
  for (std::string_view rest = format.format; !rest.empty();) {
    const auto plain = std::min(rest.find_first_of(special), rest.size());
    line += rest.substr(0, plain);
    rest.remove_prefix(plain);
    if (rest.empty()) break;
    const auto piece = format.style == '{'   ? brace_piece(rest, format, record)
                       : format.style == '$' ? dollar_piece(rest, format, record)
                                             : percent_piece(rest, format, record);
    line += piece ? piece->text : std::string(rest.substr(0, 1));
    rest.remove_prefix(piece ? piece->length : 1);
  }
  return line;
}

}  // namespace revise::config
