/// Text, switches and values as a unit hands them to the engine.
///
/// Everything here is trivially destructible and borrows or lives in the engine's
/// arena, so that a unit compiles fast; the engine turns it into values of its own.

#pragma once

#pragma GCC visibility push(default)

namespace revise {

class Computed;  // <revise/schema.hpp>
class Identity;  // <revise/schema.hpp>

/// What stands for SQL's NULL, for "drop it", and for a name that is not given.
struct None {};
[[gnu::visibility("hidden")]] inline constexpr None none{};

namespace detail {

[[gnu::visibility("hidden")]] inline constexpr unsigned long kZeroTerminated = ~0UL;
/// Among the bits of a length: the text is a name that no naming convention changes.
[[gnu::visibility("hidden")]] inline constexpr unsigned long kFinalName = 1UL << 62;

struct Element;  // a schema value in the arena

/// A copy in the arena, good until the step ends.
const char* keep(const char* data, unsigned long size);

template <typename T>
concept TextLike = requires(const T& text) {
  static_cast<const char*>(text.data());
  static_cast<unsigned long>(text.size());
};

}  // namespace detail

/// A piece of text: a literal, or anything with data() and size(), which is copied.
/// A `const char*` is borrowed until the call that takes it returns. Unset by default;
/// never made of two pointers, so `{"a", "b"}` is always a list.
class Characters {
 public:
  [[gnu::always_inline]] constexpr Characters() {}
  [[gnu::always_inline]] constexpr Characters(None) {}
  [[gnu::always_inline]] constexpr Characters(const char* text)
      : data_(text), size_(detail::kZeroTerminated) {}
  template <detail::TextLike T>
  [[gnu::always_inline]] Characters(const T& text)
      : data_(detail::keep(text.data(), static_cast<unsigned long>(text.size()))),
        size_(static_cast<unsigned long>(text.size())) {}

  /// `size` bytes that live long enough, not copied.
  static constexpr Characters borrowed(const char* data, unsigned long size) {
    Characters characters;
    characters.data_ = data;
    characters.size_ = size;
    return characters;
  }

  /// The same text as a name that no naming convention changes.
  constexpr Characters as_final_name() const {
    return borrowed(data_, size() | detail::kFinalName);
  }

  constexpr const char* data() const { return data_; }  ///< nullptr: unset
  constexpr unsigned long size() const {
    if (size_ != detail::kZeroTerminated) return size_ & ~detail::kFinalName;
    return data_ == nullptr ? 0 : __builtin_strlen(data_);
  }
  constexpr bool is_set() const { return data_ != nullptr; }
  constexpr bool is_final_name() const {
    return size_ != detail::kZeroTerminated && (size_ & detail::kFinalName) != 0;
  }

 private:
  const char* data_ = nullptr;
  unsigned long size_ = 0;
};

/// Byte by byte.
bool operator==(Characters left, Characters right);

/// A switch that may also be left alone. Takes `bool` and nothing that converts to it;
/// `none` leaves it alone.
class Flag {
 public:
  [[gnu::always_inline]] constexpr Flag() {}
  [[gnu::always_inline]] constexpr Flag(None) {}
  template <typename Bool>
  requires(__is_same(Bool, bool)) [[gnu::always_inline]] constexpr Flag(Bool value)
      : state_(value ? 1 : 0) {}

  constexpr bool is_set() const { return state_ >= 0; }
  constexpr bool is_true() const { return state_ > 0; }
  constexpr bool is_false() const { return state_ == 0; }

 private:
  signed char state_ = -1;
};

/// A whole number that may also be left alone, as `none` does.
class Count {
 public:
  [[gnu::always_inline]] constexpr Count() {}
  [[gnu::always_inline]] constexpr Count(None) {}
  [[gnu::always_inline]] constexpr Count(int value) : value_(value), is_set_(true) {}
  [[gnu::always_inline]] constexpr Count(long value) : value_(value), is_set_(true) {}
  [[gnu::always_inline]] constexpr Count(long long value)
      : value_(value), is_set_(true) {}
  Count(bool) = delete;
  Count(double) = delete;

  constexpr bool is_set() const { return is_set_; }
  constexpr long long value() const { return value_; }

 private:
  long long value_ = 0;
  bool is_set_ = false;
};

/// SQL taken as it stands. A string converts to it where nothing but SQL is meant.
class TextClause {
 public:
  [[gnu::always_inline]] constexpr TextClause() {}
  [[gnu::always_inline]] constexpr TextClause(None) {}
  [[gnu::always_inline]] constexpr TextClause(const char* sql) : sql_(sql) {}
  template <detail::TextLike T>
  [[gnu::always_inline]] TextClause(const T& sql) : sql_(sql) {}
  [[gnu::always_inline]] constexpr explicit TextClause(Characters sql) : sql_(sql) {}

  constexpr Characters sql() const { return sql_; }

 private:
  Characters sql_;
};

/// SQL taken as it stands, where a plain string would be a literal or a name.
[[gnu::always_inline]] constexpr TextClause text(Characters sql) {
  return TextClause(sql);
}

/// Text, `none` (or nullptr), or left alone.
class OptionalText {
 public:
  [[gnu::always_inline]] constexpr OptionalText() {}
  [[gnu::always_inline]] constexpr OptionalText(None) : is_none_(true) {}
  [[gnu::always_inline]] constexpr OptionalText(decltype(nullptr)) : is_none_(true) {}
  [[gnu::always_inline]] constexpr OptionalText(const char* text) : text_(text) {}
  template <detail::TextLike T>
  [[gnu::always_inline]] OptionalText(const T& text) : text_(text) {}

  constexpr bool is_set() const { return is_none_ || text_.is_set(); }
  constexpr bool is_none() const { return is_none_; }
  constexpr Characters text() const { return text_; }

 private:
  Characters text_;
  bool is_none_ = false;
};

/// A column's DEFAULT: a string is a literal, `text("...")` is SQL, `none` (or nullptr)
/// drops it.
/// An Identity or Computed stands here too, as in SQLAlchemy.
class ServerDefault {
 public:
  enum class Kind : unsigned char { Unset, None, Literal, Sql, Generated };

  [[gnu::always_inline]] constexpr ServerDefault() {}
  [[gnu::always_inline]] constexpr ServerDefault(None) : kind_(Kind::None) {}
  [[gnu::always_inline]] constexpr ServerDefault(decltype(nullptr))
      : kind_(Kind::None) {}
  [[gnu::always_inline]] constexpr ServerDefault(const char* literal)
      : text_(literal), kind_(Kind::Literal) {}
  template <detail::TextLike T>
  [[gnu::always_inline]] ServerDefault(const T& literal)
      : text_(literal), kind_(Kind::Literal) {}
  [[gnu::always_inline]] constexpr ServerDefault(TextClause sql)
      : text_(sql.sql()), kind_(Kind::Sql) {}
  ServerDefault(const Computed& computed);
  ServerDefault(const Identity& identity);

  constexpr Kind kind() const { return kind_; }
  constexpr Characters text() const { return text_; }
  /// Of Generated; null where it stands for none.
  constexpr const detail::Element* node() const { return node_; }

 private:
  Characters text_;
  const detail::Element* node_ = nullptr;
  Kind kind_ = Kind::Unset;
};

}  // namespace revise

#pragma GCC visibility pop
