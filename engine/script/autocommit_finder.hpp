/// Finds which functions of a unit hold an autocommit block, written out or such as
/// add_enum_value() makes, from the tokens alone.

#pragma once

#include <string_view>
#include <vector>

#include "engine/script/cpp_lexer.hpp"
#include "engine/script/script.hpp"

namespace revise::script {

/// Is shown each token of a file in order. Whatever hides where a block stands (a
/// helper function, a group on a condition) makes it count for both functions: a
/// commit that is announced and does not come does less harm than the reverse.
class AutocommitFinder {
 public:
  void see(const Token& token);

  AutocommitBlocks blocks(std::string_view upgrade, std::string_view downgrade,
                          Certainty certainty) const;

 private:
  void see_outside(const Token& token);

  std::vector<std::string_view> functions_;  // that hold a block, with repeats
  std::string_view function_;                // whose body this is, or whose head
  std::string_view word_;                    // the identifier just before
  unsigned depth_ = 0;                       // in braces, not counting namespaces
  unsigned parentheses_ = 0;                 // outside of braces
  bool is_namespace_ = false;  // the head so far is a namespace's, or a linkage's
};

}  // namespace revise::script
