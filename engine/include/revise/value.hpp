/// Values as a unit hands them to SQL, and the names of parameters.

#pragma once

#include <revise/characters.hpp>

#pragma GCC visibility push(default)

namespace revise {

namespace detail {

template <typename T>
concept BytesLike = !TextLike<T> && requires(const T& bytes) {
  static_cast<const void*>(bytes.data());
  static_cast<unsigned long>(bytes.size());
  requires sizeof(*bytes.data()) == 1;
};

/// How a type that <revise/data.hpp> knows becomes a Value; specialised there.
template <typename T>
struct ToValue;

template <typename T>
concept ConvertedByData = requires(const T& value) {
  ToValue<T>::value(value);
};

template <typename T>
concept OptionalLike = requires(const T& optional) {
  static_cast<bool>(optional.has_value());
  *optional;
};

}  // namespace detail

/// NULL, a truth value, a number, text or bytes; with <revise/data.hpp> also its types.
class Value {
 public:
  enum class Kind : unsigned char {
    Null,
    Logical,
    Whole,
    Floating,
    Words,
    Bytes,
    Day,         ///< days since 1970-01-01
    WallTime,    ///< microseconds since then by the clock on the wall
    Instant,     ///< microseconds since then in UTC
    Span,        ///< microseconds, of a time of day or an interval
    Identifier,  ///< a UUID's 16 bytes
    Array,       ///< as PostgreSQL writes it
  };

  [[gnu::always_inline]] constexpr Value() {}
  [[gnu::always_inline]] constexpr Value(None) {}
  [[gnu::always_inline]] constexpr Value(decltype(nullptr)) {}
  template <typename Bool>
  requires(__is_same(Bool, bool)) [[gnu::always_inline]] constexpr Value(Bool value)
      : integer_(value ? 1 : 0), kind_(Kind::Logical) {}
  [[gnu::always_inline]] constexpr Value(int value)
      : integer_(value), kind_(Kind::Whole) {}
  [[gnu::always_inline]] constexpr Value(unsigned value)
      : integer_(value), kind_(Kind::Whole) {}
  [[gnu::always_inline]] constexpr Value(long value)
      : integer_(value), kind_(Kind::Whole) {}
  [[gnu::always_inline]] constexpr Value(long long value)
      : integer_(value), kind_(Kind::Whole) {}
  /// These throw UnitError on what a signed integer of 64 bits cannot hold.
  Value(unsigned long value);
  Value(unsigned long long value);
  [[gnu::always_inline]] constexpr Value(double value)
      : real_(value), kind_(Kind::Floating) {}
  [[gnu::always_inline]] constexpr Value(float value)
      : real_(static_cast<double>(value)), kind_(Kind::Floating) {}
  [[gnu::always_inline]] constexpr Value(const char* text)
      : text_(text), kind_(Kind::Words) {}
  [[gnu::always_inline]] constexpr Value(Characters text)
      : text_(text), kind_(Kind::Words) {}
  template <detail::TextLike T>
  [[gnu::always_inline]] Value(const T& text) : text_(text), kind_(Kind::Words) {}
  template <detail::BytesLike Bytes>
  Value(const Bytes& bytes) : kind_(Kind::Bytes) {
    keep_bytes(bytes.data(), static_cast<unsigned long>(bytes.size()));
  }
  template <detail::OptionalLike Optional>
  Value(const Optional& optional) {
    if (optional.has_value()) *this = Value(*optional);
  }

  /// The same value, to stand in the SQL as a literal and not as a parameter.
  constexpr Value as_literal() const {
    Value literal = *this;
    literal.is_literal_ = true;
    return literal;
  }

  template <detail::ConvertedByData T>
  Value(const T& value) : Value(detail::ToValue<T>::value(value)) {}

  /// For <revise/data.hpp>: of a kind that counts, and of one that is written.
  static constexpr Value of(Kind kind, long long count) {
    Value value;
    value.kind_ = kind;
    value.integer_ = count;
    return value;
  }
  static constexpr Value of(Kind kind, Characters text) {
    Value value;
    value.kind_ = kind;
    value.text_ = text;
    return value;
  }

  constexpr Kind kind() const { return kind_; }
  constexpr bool is_literal() const { return is_literal_; }
  /// Also 0 or 1 for Logical, and what Day, WallTime, Instant and Span count.
  constexpr long long integer() const { return integer_; }
  constexpr double real() const { return real_; }
  constexpr Characters text() const {
    return text_;
  }  ///< also Bytes, Identifier, Array

 private:
  void keep_bytes(const void* data, unsigned long size);

  Characters text_;
  long long integer_ = 0;
  double real_ = 0;
  Kind kind_ = Kind::Null;
  bool is_literal_ = false;
};

/// The value for `:name` in a statement.
struct Parameter {
  Characters name;
  Value value;
};

}  // namespace revise

#pragma GCC visibility pop
