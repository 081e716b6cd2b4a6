#include "engine/driver/postgresql_values.hpp"

#include "engine/core/error.hpp"

namespace revise::driver {

namespace {

// Object identifiers of types (pg_type.dat), which never change.
enum Oid_ {
  Bool = 16,
  Bytea = 17,
  Int8 = 20,
  Int2 = 21,
  Int4 = 23,
  Oid4 = 26,
  Float4 = 700,
  Float8 = 701
};

// Parameters go as text; the server knows their types.
struct ParameterText {
  std::optional<std::string> operator()(std::monostate) const { return std::nullopt; }
  std::optional<std::string> operator()(bool value) const { return value ? "t" : "f"; }
  std::optional<std::string> operator()(std::int64_t value) const {
    return std::to_string(value);
  }
  std::optional<std::string> operator()(double value) const {
    return pqxx::to_string(value);
  }
  std::optional<std::string> operator()(const std::string& value) const {
    if (value.find('\0') != std::string::npos) {
      throw DatabaseError("PostgreSQL's text cannot hold a NUL byte",
                          {.code = "22021"});
    }
    return value;
  }
  std::optional<std::string> operator()(const Blob& value) const {
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string text = "\\x";
    for (const char c : value.bytes) {
      text += kDigits[static_cast<unsigned char>(c) >> 4];
      text += kDigits[static_cast<unsigned char>(c) & 0xf];
    }
    return text;
  }
};

Value value_of(const pqxx::field& field, unsigned type) {
  if (field.is_null()) return std::monostate{};
  switch (type) {
    case Bool:
      return field.as<bool>();
    case Int8:
    case Int2:
    case Int4:
    case Oid4:
      return static_cast<std::int64_t>(field.as<long long>());
    case Float4:
    case Float8:
      return field.as<double>();
    case Bytea: {
      const pqxx::binarystring bytes(field);
      return Blob{bytes.str()};
    }
    default:
      return std::string(field.c_str(), field.size());
  }
}

}  // namespace

Parameters::Parameters(std::span<const Value> values) {
  texts_.reserve(values.size());
  for (const auto& value : values) texts_.push_back(std::visit(ParameterText{}, value));
  for (const auto& text : texts_) pointers_.push_back(text ? text->c_str() : nullptr);
}

Result result_of(const pqxx::result& answer, Rows rows) {
  Result result;
  const auto columns = answer.columns();
  std::vector<unsigned> types;
  for (pqxx::row::size_type i = 0; i < columns; ++i) {
    result.columns.emplace_back(answer.column_name(i));
    types.push_back(static_cast<unsigned>(answer.column_type(i)));
  }
  result.rows.reserve(static_cast<std::size_t>(answer.size()));
  for (const auto& from : answer) {
    Row& row = result.rows.emplace_back();
    row.reserve(types.size());
    for (pqxx::row::size_type i = 0; i < columns; ++i) {
      row.push_back(value_of(from[i], types[static_cast<std::size_t>(i)]));
    }
  }
  if (columns == 0 || rows == Rows::Changed)
    result.changed = static_cast<std::int64_t>(answer.affected_rows());
  return result;
}

}  // namespace revise::driver
