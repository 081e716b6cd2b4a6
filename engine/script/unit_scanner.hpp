/// Reads what a unit says of itself without compiling it.
///
/// The source is tokenised as C++ does it (line splices, comments, raw strings,
/// digraphs, directives), and the initialiser of its `Revision` read: string
/// literals, and braced lists of them. What is not surely read right is an error.
/// Files and folders are script_directory's business; whether ids exist, the graph's.

#pragma once

#include <string>
#include <string_view>

#include "engine/script/script.hpp"

namespace revise::script {

/// The unit in `source`; `path` is where it stands, and goes into errors.
///
/// Throws UnitError ("path:line:column: what is wrong", with the line itself and a
/// caret as a note) for everything that keeps the revision from being known: no unit
/// in the file or two, a value that is no string literal, an id that could not be
/// one, a literal that does not end. Lines and columns count from 1, columns in bytes.
Script scan_unit(std::string_view source, const std::string& path);

}  // namespace revise::script
