/// The table of all settings: name, place, type, default, effect.
///
/// A new setting is a row here and a field of settings.hpp; a test compares the rows
/// with the template's alembic.ini.

#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/config/settings.hpp"

namespace revise::config {

/// A value read as its row's type says; the other members are empty.
struct KeyValue {
  std::string text = {};
  std::int64_t number = 0;
  bool truth = false;
  std::chrono::milliseconds duration = {};
  std::vector<std::string> list = {};
};

struct Key {
  enum class Where { Alembic, Revise };
  enum class Type {
    Text,
    Path,      ///< relative to the ini's folder
    Integer,   ///< from `least` to `most`
    Boolean,   ///< true/yes/on/1 or false/no/off/0, in any case; or the word `also`
    TrueOnly,  ///< exactly "true"; all else is false, as in Alembic
    Duration,  ///< seconds, or with a unit: ms, s, min, h
    List,      ///< separated by commas or line ends
    Paths,     ///< a List of Path
    Words,     ///< split as a shell splits
  };
  std::string_view name;
  Where where;
  Type type;
  std::string_view default_value;  ///< as an ini would have it; empty: none
  std::string_view effect;         ///< one line
  /// Puts the value into its field; nullptr: what reads it has more to know.
  void (*set)(Settings& settings, const KeyValue& value);
  std::int64_t least = 0;
  std::int64_t most = 0;
  std::string_view also = {};  ///< given, it is the value's text, and its truth true
};

/// Every key of [alembic] and [tool.alembic] that has a meaning here, and of [revise].
std::span<const Key> keys();

/// The row of that name, or nullptr.
const Key* find_key(Key::Where where, std::string_view name);

/// The name of a row that `misspelt` was probably meant to be; empty when none is near.
std::string_view nearest_key(Key::Where where, std::string_view misspelt);

}  // namespace revise::config
