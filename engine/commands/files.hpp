/// Reads and writes small files whole.

#pragma once

#include <string>
#include <string_view>

namespace revise::commands {

/// Throws Error that names the file, and why it cannot be read.
std::string read_file(const std::string& path);

/// Creates the file, with `text` in it or not at all. Throws Error when it is there
/// already or cannot be written.
void write_new_file(const std::string& path, std::string_view text);

/// Puts a file with `text` in its place, whole: who reads meanwhile sees the one before
/// or this one. One that holds `text` already is left alone. Throws Error.
void replace_file(const std::string& path, std::string_view text);

}  // namespace revise::commands
