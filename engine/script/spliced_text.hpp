/// A C++ source without its line splices, which a compiler removes before it looks.
///
/// Raw strings keep theirs: who lexes one goes back to the source by original().

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace revise::script {

class SplicedText {
 public:
  /// `source` must outlive this. A splice is a backslash, white space that may be
  /// absent (as GCC and clang have it), and a newline.
  explicit SplicedText(std::string_view source);
  SplicedText(const SplicedText&) = delete;
  SplicedText& operator=(const SplicedText&) = delete;

  /// Without splices; the source itself when it has none.
  std::string_view text() const { return text_; }
  std::string_view source() const { return source_; }

  /// The place in the source of a place in the text.
  std::size_t original(std::size_t offset) const {
    return splices_.empty() ? offset : behind_splices(offset);
  }

  bool has_splices() const { return !splices_.empty(); }

  /// The place in the text of a place in the source; in a splice: the one after it.
  std::size_t without_splices(std::size_t source_offset) const;

 private:
  struct Splice {
    std::size_t offset;  // in the text: where it was
    std::size_t resume;  // in the source: where it ends
  };

  std::size_t behind_splices(std::size_t offset) const;

  std::string_view source_;
  std::string joined_;
  std::string_view text_;
  std::vector<Splice> splices_;
};

}  // namespace revise::script
