/// Reads the revision that one of Alembic's own Python files declares.
///
/// Lexically: the file is never run, and no Python is needed. The four assignments
/// are `revision`, `down_revision`, `branch_labels` and `depends_on` at the outermost
/// level, plain or annotated, of strings, None, and tuples, lists or sets of strings.

#pragma once

#include <string>
#include <string_view>

#include "engine/script/script.hpp"

namespace revise::script {

/// The revision in `source`; `path` is where it stands, and goes into errors.
///
/// Throws UnitError ("path:line:column: what is wrong", with the line itself and a
/// caret as a note) when an assignment is absent that must be there, is not of
/// literals, or stands where only running the file would tell its value.
Script scan_python(std::string_view source, const std::string& path);

/// Whether Alembic would take a file of that name for a revision: `*.py`, not those
/// that begin with `.#` or `__init__` (ScriptDirectory and Script._list_py_dir, 1.19).
bool is_python_revision(std::string_view file_name);

}  // namespace revise::script
