/// Text from messages, files and databases, made safe to be shown on a terminal.
///
/// That a stream is a terminal is console's to know: files and pipes get text as it is.

#pragma once

#include <string>
#include <string_view>

namespace revise::output {

/// `text` with what moves the cursor, colours, or turns the direction of writing
/// spelt out ("\x1b", "\u202e"); newlines and tabs stay.
std::string terminal_text(std::string_view text);

}  // namespace revise::output
