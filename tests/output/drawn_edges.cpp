#include "tests/output/drawn_edges.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>

#include "engine/core/text.hpp"

namespace revise::testing {

namespace {

using Column = std::ptrdiff_t;

class Reader {
 public:
  void read(const std::string& line) {
    line_ = line.substr(0, line.find_first_not_of("|*/\\_ "));
    below_.clear();
    for (Column column = 0; column < static_cast<Column>(line_.size()); ++column) {
      follow(column, line);
    }
    above_ = below_;
  }

  std::vector<std::string> edges = {};

 private:
  void follow(Column column, const std::string& line) {
    switch (at(column)) {
      case '|':
        return lead(column, column);
      case '\\':
        return lead(column - 1, column + 1);
      case '/':
        return lead(above_.contains(column) ? column : column + 1, left_of(column));
      case '*':
        return arrive(column, line.substr(line_.size()));
      default:
        return;
    }
  }

  char at(Column column) const {
    const bool is_inside = column >= 0 && column < static_cast<Column>(line_.size());
    return is_inside ? line_[static_cast<std::size_t>(column)] : ' ';
  }

  // A slash leads to the lane on its left, or along underscores to the last of them.
  Column left_of(Column slash) const {
    if (at(slash - 2) != '_') return slash - 1;
    Column end = slash - 2;
    while (at(end - 2) == '_') end -= 2;
    return end;
  }

  void lead(Column from, Column to) {
    if (!above_.contains(from)) {
      throw std::runtime_error("a line comes from nowhere in '" + line_ + "'");
    }
    below_[to].insert(above_[from].begin(), above_[from].end());
  }

  void arrive(Column column, const std::string& node) {
    for (const auto& child : above_[column]) edges.push_back(child + ">" + node);
    below_[column] = {node};
  }

  std::string line_;
  // Which nodes' edges leave a line downwards, by column.
  std::map<Column, std::set<std::string>> above_;
  std::map<Column, std::set<std::string>> below_;
};

}  // namespace

std::vector<std::string> drawn_edges(const std::string& drawing) {
  Reader reader;
  for (const auto& line : split(drawing, '\n')) reader.read(line);
  std::sort(reader.edges.begin(), reader.edges.end());
  return reader.edges;
}

}  // namespace revise::testing
