#include "engine/output/drawing.hpp"

#include <algorithm>

#include "engine/core/text.hpp"

namespace revise::output {

namespace {

// The lanes are the edges that go on downwards, each known by the parent it leads to;
// lane `i` stands in column 2i. Two lanes may lead to the same parent: they are joined
// just before it is drawn, so that a branch looks as long as it is.
class Lanes {
 public:
  explicit Lanes(std::string& drawing) : drawing_(drawing) {}

  // The lane of `id`, all that lead to it joined; a new one for a head.
  std::size_t arrive(const std::string& id) {
    const auto found = std::find(parents_.begin(), parents_.end(), id);
    if (found == parents_.end()) {
      // Else the root above it would look as if it stood on that.
      if (parents_.size() == ended_) add_line(bars());
      parents_.push_back(id);
      return parents_.size() - 1;
    }
    const auto lane = static_cast<std::size_t>(found - parents_.begin());
    // From the right, each into the nearest one: fewest lanes are crossed.
    for (std::size_t other = parents_.size() - 1; other > lane; --other) {
      if (parents_[other] != id) continue;
      std::size_t nearest = other - 1;
      while (parents_[nearest] != id) --nearest;
      join_lanes(other, nearest);
    }
    return lane;
  }

  // Leads `lane` on to `parents`.
  void leave(std::size_t lane, const std::vector<std::string>& parents) {
    ended_ = parents.empty() ? lane : kNoLane;
    if (parents.empty()) return end(lane);
    parents_[lane] = parents.front();
    // The last first, each beside the first parent: so they end in their order.
    for (auto parent = parents.rbegin(); parent + 1 != parents.rend(); ++parent) {
      fork(lane, *parent);
    }
  }

  // Bars for all lanes, and `mark` for one.
  std::string bars(std::size_t marked, char mark) const {
    std::string line;
    for (std::size_t lane = 0; lane < parents_.size(); ++lane) {
      line += lane == marked ? mark : '|';
      line += ' ';
    }
    return line;
  }

  std::string bars() const { return bars(parents_.size(), '|'); }

 private:
  void add_line(std::string line) {
    line.erase(line.find_last_not_of(' ') + 1);
    drawing_ += line + "\n";
  }

  std::string blank() const { return std::string(2 * parents_.size() + 2, ' '); }

  void fork(std::size_t lane, const std::string& parent) {
    std::string line = blank();
    for (std::size_t k = 0; k < parents_.size(); ++k) {
      if (k <= lane) line[2 * k] = '|';
      if (k >= lane) line[2 * k + 1] = '\\';
    }
    parents_.insert(parents_.begin() + static_cast<std::ptrdiff_t>(lane) + 1, parent);
    add_line(line);
  }

  void join_lanes(std::size_t from, std::size_t to) {
    std::string line = blank();
    for (std::size_t k = 0; k < parents_.size(); ++k) {
      if (k < from) line[2 * k] = '|';
      if (k >= from) line[2 * k - 1] = '/';
    }
    const bool is_far = from > to + 1;
    if (is_far) {
      for (std::size_t k = to; k + 1 < from; ++k) line[2 * k + 1] = '_';
    }
    remove(from);
    add_line(line);
    if (!is_far) return;
    line = bars();
    line[2 * to + 1] = '/';
    add_line(line);
  }

  void end(std::size_t lane) {
    if (lane + 1 < parents_.size()) {
      std::string line = blank();
      for (std::size_t k = 0; k < parents_.size(); ++k) {
        if (k < lane) line[2 * k] = '|';
        if (k > lane) line[2 * k - 1] = '/';
      }
      add_line(line);
    }
    remove(lane);
  }

  void remove(std::size_t lane) {
    parents_.erase(parents_.begin() + static_cast<std::ptrdiff_t>(lane));
  }

  static constexpr auto kNoLane = static_cast<std::size_t>(-1);

  std::string& drawing_;
  std::vector<std::string> parents_;
  std::size_t ended_ = kNoLane;  // where the node above was a root
};

}  // namespace

std::string draw(const std::vector<DrawnNode>& nodes) {
  std::string drawing;
  Lanes lanes(drawing);
  for (const auto& node : nodes) {
    const auto lane = lanes.arrive(node.id);
    const std::string bars = lanes.bars();
    std::string lead = lanes.bars(lane, '*');
    for (const auto& line : split(node.text, '\n')) {
      std::string whole = lead + line;
      whole.erase(whole.find_last_not_of(' ') + 1);
      drawing += whole + "\n";
      lead = bars;
    }
    lanes.leave(lane, node.parents);
  }
  return drawing;
}

}  // namespace revise::output
