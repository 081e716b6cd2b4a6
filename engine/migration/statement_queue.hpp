/// Statements of a step that wait to travel to the server together.
///
/// When they must not wait is what this knows; sending them is the sink's business.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace revise::migration {

class StatementQueue {
 public:
  /// `number` is the statement's place in its step.
  void add(int number, std::string sql);

  bool is_empty() const { return texts_.empty(); }
  bool is_full() const;

  const std::vector<std::string>& texts() const { return texts_; }
  std::size_t size() const { return texts_.size(); }
  int number_of(std::size_t place) const { return numbers_.at(place); }

  void clear();

 private:
  std::vector<std::string> texts_;
  std::vector<int> numbers_;
  std::size_t bytes_ = 0;
};

/// How a statement that a unit wrote itself may travel.
enum class Travel {
  Together,     ///< with what comes before and after it
  Alone,        ///< it may end the transaction, or change how texts are read
  Immediately,  ///< and so all that follow in the step: with a savepoint, a unit may go
                ///< on after an error
};

/// Reads words, not grammar: in doubt not Together. Linear.
Travel travel_of(std::string_view sql);

}  // namespace revise::migration
