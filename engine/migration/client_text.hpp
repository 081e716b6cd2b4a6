/// What psql or the sqlite3 shell would make of a script otherwise than a run makes of
/// the statements in it.

#pragma once

#include <string>
#include <string_view>

namespace revise::migration {

/// Throws UnsupportedError on a statement that a client would read on past: COPY to or
/// from the client (PostgreSQL), and a carriage return before the end of a line within
/// quotes (SQLite), which the shell takes off.
void check_client_text(std::string_view statement, std::string_view dialect);

/// Statements for the top of a script of PostgreSQL whose bytes or backslashes mean
/// what they mean in a run only with these settings; nothing where it has neither.
std::string client_settings(std::string_view script);

}  // namespace revise::migration
