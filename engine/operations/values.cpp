#include "engine/operations/values.hpp"

#include <charconv>
#include <cmath>
#include <limits>
#include <revise/cells.hpp>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/operations/arrays.hpp"
#include "engine/operations/handles.hpp"
#include "engine/operations/times.hpp"

namespace revise {

namespace {

constexpr std::int64_t kDay = std::int64_t{24} * 60 * 60 * 1000000;
constexpr std::size_t kUuidBytes = 16;

long long signed_of(unsigned long long value) {
  if (value > std::numeric_limits<long long>::max()) {
    throw UnitError("the number " + std::to_string(value) +
                    " does not fit a signed integer of 64 bits");
  }
  return static_cast<long long>(value);
}

std::string hex_of(std::string_view bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (const char c : bytes) {
    text += kDigits[static_cast<unsigned char>(c) >> 4];
    text += kDigits[static_cast<unsigned char>(c) & 0xf];
  }
  return text;
}

std::optional<std::string> bytes_of_hex(std::string_view text) {
  if (text.size() % 2 != 0) return std::nullopt;
  std::string bytes;
  for (std::size_t at = 0; at < text.size(); at += 2) {
    unsigned char byte = 0;
    const char* const end = text.data() + at + 2;
    if (std::from_chars(text.data() + at, end, byte, 16).ptr != end)
      return std::nullopt;
    bytes += static_cast<char>(byte);
  }
  return bytes;
}

// What SQLAlchemy's types for SQLite read back.
void check_four_digits(std::int64_t days, const std::string& text) {
  if (operations::has_four_digit_year(days)) return;
  throw UnitError(quoted(text) +
                  " cannot be stored in SQLite, where years go from 1 to 9999");
}

std::int64_t day_of(std::int64_t microseconds) {
  return microseconds / kDay - (microseconds % kDay < 0 ? 1 : 0);
}

// One value for SQLite. https://docs.sqlalchemy.org/en/20/dialects/sqlite.html
std::string sqlite_text(const Value& value) {
  const std::int64_t count = value.integer();
  std::string text;
  switch (value.kind()) {
    case Value::Kind::Day:
      text = operations::date_text(count);
      check_four_digits(count, text);
      return text;
    case Value::Kind::WallTime:
    case Value::Kind::Instant:
      text = operations::timestamp_text(count);
      check_four_digits(day_of(count), text);
      return text;
    case Value::Kind::Span:
      text = operations::span_text(count);
      if (count >= 0 && count < kDay) return text;
      throw UnitError("SQLite has no interval for " + quoted(text) +
                      "; SQLAlchemy stores one as a date and time since 1970-01-01: "
                      "give std::chrono::local_time");
    case Value::Kind::Identifier:
      return hex_of(operations::text_of(value.text()));
    default:
      throw UnitError(
          "SQLite has no arrays; keep the values as JSON, or as rows of a table");
  }
}

std::string postgresql_text(const Value& value) {
  switch (value.kind()) {
    case Value::Kind::Day:
      return operations::date_text(value.integer());
    case Value::Kind::WallTime:
      return operations::timestamp_text(value.integer());
    case Value::Kind::Instant:
      return operations::timestamp_text(value.integer(), "+00");
    case Value::Kind::Span:
      return operations::span_text(value.integer());
    case Value::Kind::Identifier:
      return operations::uuid_text(operations::text_of(value.text()));
    default:
      return operations::text_of(value.text());
  }
}

std::string number_text(double number) {
  if (std::isnan(number)) return "NaN";
  if (std::isinf(number)) return number < 0 ? "-Infinity" : "Infinity";
  char digits[32];
  return {digits, std::to_chars(digits, std::end(digits), number).ptr};
}

// An element of an array, of which SQLite has none.
std::string element_text(const Value& value) {
  switch (value.kind()) {
    case Value::Kind::Null:
      return "NULL";
    case Value::Kind::Logical:
      return value.integer() != 0 ? "t" : "f";
    case Value::Kind::Whole:
      return std::to_string(value.integer());
    case Value::Kind::Floating:
      return number_text(value.real());
    case Value::Kind::Bytes:
      return operations::quoted_element(
          operations::bytea_text(operations::text_of(value.text())));
    case Value::Kind::Array:
      return operations::text_of(value.text());
    default:
      return operations::quoted_element(postgresql_text(value));
  }
}

}  // namespace

Value::Value(unsigned long value) : Value(signed_of(value)) {}
Value::Value(unsigned long long value) : Value(signed_of(value)) {}

void Value::keep_bytes(const void* data, unsigned long size) {
  text_ = Characters(std::string_view(static_cast<const char*>(data), size));
}

Value detail::array_of(const Value* values, std::size_t count) {
  std::vector<std::string> elements;
  elements.reserve(count);
  for (std::size_t i = 0; i < count; ++i) elements.push_back(element_text(values[i]));
  return Value::of(Value::Kind::Array, Characters("{" + join(elements, ",") + "}"));
}

Value detail::uuid_of(const UuidValue& uuid) {
  const auto* bytes = reinterpret_cast<const char*>(uuid.bytes);
  return Value::of(Value::Kind::Identifier,
                   Characters(std::string_view(bytes, sizeof uuid.bytes)));
}

UuidValue UuidValue::from_string(const std::string& text) {
  const auto bytes = operations::parse_uuid(text);
  if (!bytes) throw UnitError(quoted(text) + " is no UUID");
  UuidValue uuid;
  bytes->copy(reinterpret_cast<char*>(uuid.bytes), sizeof uuid.bytes);
  return uuid;
}

std::string UuidValue::to_string() const {
  return operations::uuid_text({reinterpret_cast<const char*>(bytes), sizeof bytes});
}

namespace operations {

driver::Value value_of(const Value& value, std::string_view dialect) {
  switch (value.kind()) {
    case Value::Kind::Null:
      return std::monostate{};
    case Value::Kind::Logical:
      return value.integer() != 0;
    case Value::Kind::Whole:
      return std::int64_t{value.integer()};
    case Value::Kind::Floating:
      return value.real();
    case Value::Kind::Words:
      // A null `const char*` is the absence of a value, as in C's own interfaces.
      if (!value.text().is_set()) return std::monostate{};
      return text_of(value.text());
    case Value::Kind::Bytes:
      return driver::Blob{text_of(value.text())};
    case Value::Kind::Day:
    case Value::Kind::WallTime:
    case Value::Kind::Instant:
    case Value::Kind::Span:
    case Value::Kind::Identifier:
    case Value::Kind::Array:
      break;
  }
  return dialect == "sqlite" ? sqlite_text(value) : postgresql_text(value);
}

std::optional<std::string> parse_uuid(std::string_view text) {
  static constexpr std::size_t kDashes[] = {8, 13, 18, 23};
  std::string digits(text);
  if (text.size() == 2 * kUuidBytes + std::size(kDashes)) {
    for (const auto at : kDashes) {
      if (text[at] != '-') return std::nullopt;
    }
    digits = replace_all(text, "-", "");
  }
  if (digits.size() != 2 * kUuidBytes) return std::nullopt;
  return bytes_of_hex(digits);
}

std::string uuid_text(std::string_view bytes) {
  const std::string digits = hex_of(bytes);
  return join({digits.substr(0, 8), digits.substr(8, 4), digits.substr(12, 4),
               digits.substr(16, 4), digits.substr(20)},
              "-");
}

std::string bytea_text(std::string_view bytes) { return "\\x" + hex_of(bytes); }

std::optional<std::string> parse_bytea(std::string_view text) {
  if (!text.starts_with("\\x")) return std::nullopt;
  return bytes_of_hex(text.substr(2));
}

}  // namespace operations

}  // namespace revise
