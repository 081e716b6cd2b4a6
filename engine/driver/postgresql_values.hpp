/// Values on their way to PostgreSQL and back, in libpqxx's terms.
///
/// What a statement does is the connection's business; what a value means to a unit is
/// engine/operations'.

#pragma once

#include <optional>
#include <pqxx/pqxx>
#include <span>
#include <string>
#include <vector>

#include "engine/driver/connection.hpp"

namespace revise::driver {

/// Values as text for a statement; the server knows their types. Must outlive its
/// list().
class Parameters {
 public:
  /// Throws DatabaseError on text that holds a NUL byte.
  explicit Parameters(std::span<const Value> values);

#if PQXX_VERSION_MAJOR < 7
  auto list() const { return pqxx::prepare::make_dynamic_params(pointers_); }
#else
  pqxx::params list() const {
    pqxx::params all;
    for (const char* pointer : pointers_) all.append(pointer);
    return all;
  }
#endif

  /// Null for NULL; good as long as this.
  std::span<const char* const> pointers() const { return pointers_; }

 private:
  std::vector<std::optional<std::string>> texts_;
  std::vector<const char*> pointers_;
};

/// What the rows of an answer are.
enum class Rows {
  Read,
  Changed,  ///< those that the statement touched
};

/// All rows of `answer`, each value as the closest alternative.
Result result_of(const pqxx::result& answer, Rows rows);

}  // namespace revise::driver
