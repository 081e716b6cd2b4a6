#include "engine/migration/client_text.hpp"

#include <algorithm>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/dialects/sqlite/lexer.hpp"
#include "engine/migration/transaction_end.hpp"

namespace revise::migration {

void check_client_text(std::string_view statement, std::string_view dialect) {
  if (dialect == "postgresql") {
    const auto copy = find_client_copy(statement);
    if (copy.empty()) return;
    throw UnsupportedError("COPY from or to the client cannot be in a script: " +
                           quoted(copy) + "; use op.bulk_insert, or COPY of a file");
  }
  if (statement.find("\r\n") == statement.npos) return;
  for (const auto& token : sqlite::tokens_of(statement)) {
    if (token.span.of(statement).find("\r\n") == std::string_view::npos) continue;
    throw UnsupportedError(
        "a quoted text holds a carriage return before the end of a line, which the "
        "sqlite3 shell takes off; write it as char(13), or give it as a parameter");
  }
}

std::string client_settings(std::string_view script) {
  const bool is_ascii = std::ranges::all_of(
      script, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  std::string settings;
  if (!is_ascii) settings += "SET client_encoding = 'UTF8';\n\n";
  if (script.find('\\') != script.npos) {
    settings += "SET standard_conforming_strings = on;\n\n";
  }
  return settings;
}

}  // namespace revise::migration
