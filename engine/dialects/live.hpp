/// A database while a change is carried out on it that has to look before it goes on.

#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "engine/driver/connection.hpp"
#include "engine/operations/operation.hpp"

namespace revise::dialects {

struct Live {
  /// Looks, and changes nothing.
  std::function<driver::Result(std::string_view sql)> read;
  /// Runs a statement of the change.
  std::function<void(const std::string& sql)> send;
  /// Runs what only guards the change: savepoints, trials that are rolled back.
  std::function<void(std::string_view sql)> aside;
  /// Carries out an operation as it would be by itself.
  std::function<void(const operations::Operation& operation)> apply;
  /// The table is about to be made anew, its rows copied.
  std::function<void(const std::string& schema, const std::string& table)>
      before_rebuild;
};

}  // namespace revise::dialects
