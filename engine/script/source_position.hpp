/// Where in a source something stands, and the error that shows it.
///
/// Serves both scanners; which things are wrong is theirs to say.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace revise::script {

/// A file's text and name, for as long as it is being scanned.
struct Source {
  std::string_view text;
  const std::string& path;
};

/// The line of `offset` in `text`, from 1.
int line_of(std::string_view text, std::size_t offset);

/// Throws UnitError: "path:line:column: `what`", with the line and a caret as a note.
/// An `offset` behind the text counts as its end.
[[noreturn]] void fail_at(const Source& source, std::size_t offset,
                          const std::string& what);

/// `text` in quotes for a message: its first line, at most forty bytes, harmless.
std::string shown(std::string_view text);

}  // namespace revise::script
