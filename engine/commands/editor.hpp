/// Which editor a person wants, and starting it.

#pragma once

#include <string>
#include <vector>

namespace revise::commands {

/// The words of $EDITOR, else of $VISUAL, else the first there is of sensible-editor,
/// editor, nano, vim and code (Alembic's util/editor.py). Quotes in them are honoured;
/// no shell takes part. Throws Error when there is none.
std::vector<std::string> editor_command();

/// Opens `path` and waits until the editor ends. Throws Error when it cannot be
/// started, or ends with another status than 0.
void open_editor(const std::string& path);

}  // namespace revise::commands
