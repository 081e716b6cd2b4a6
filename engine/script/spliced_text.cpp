#include "engine/script/spliced_text.hpp"

#include <algorithm>

namespace revise::script {
namespace {

// Behind the newline that makes the backslash at `offset` a splice, or npos.
std::size_t splice_end(std::string_view source, std::size_t offset) {
  const std::size_t end = source.find_first_not_of(" \t\v\f\r", offset + 1);
  if (end == source.npos || source[end] != '\n') return source.npos;
  return end + 1;
}

}  // namespace

SplicedText::SplicedText(std::string_view source) : source_(source), text_(source) {
  std::size_t kept = 0;
  for (std::size_t at = source.find('\\'); at != source.npos;
       at = source.find('\\', at)) {
    const std::size_t end = splice_end(source, at);
    if (end == source.npos) {
      ++at;
      continue;
    }
    joined_.append(source, kept, at - kept);
    splices_.push_back({joined_.size(), end});
    kept = at = end;
  }
  if (splices_.empty()) return;
  joined_.append(source, kept);
  text_ = joined_;
}

std::size_t SplicedText::behind_splices(std::size_t offset) const {
  const auto next = std::upper_bound(
      splices_.begin(), splices_.end(), offset,
      [](std::size_t place, const Splice& splice) { return place < splice.offset; });
  if (next == splices_.begin()) return offset;
  const Splice& last = *(next - 1);
  return last.resume + (offset - last.offset);
}

std::size_t SplicedText::without_splices(std::size_t source_offset) const {
  std::size_t resume = 0;
  std::size_t offset = 0;
  for (const Splice& splice : splices_) {
    if (splice.resume > source_offset) {
      return std::min(offset + (source_offset - resume), splice.offset);
    }
    resume = splice.resume;
    offset = splice.offset;
  }
  return offset + (source_offset - resume);
}

}  // namespace revise::script
