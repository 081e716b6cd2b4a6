/// A database's URL as SQLAlchemy writes it:
/// dialect[+driver]://user:password@host:port/database?query.
///
/// Which setting it came from is engine/config's business, and what to do with it the
/// drivers'. What prints a URL prints redacted(); text that may not even be a URL goes
/// through redact_url() of engine/core/secret.hpp.
/// https://docs.sqlalchemy.org/en/20/core/engines.html#database-urls

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace revise::driver {

struct Host {
  std::string name = {};  ///< without brackets; a leading '/' is a socket's folder
  int port = 0;           ///< 0: the database's default
  bool operator==(const Host&) const = default;
};

/// Every part is decoded, but for SQLite's file, which stands as written. Made by
/// parse_url().
struct Url {
  std::string dialect = {};  ///< "sqlite", "postgresql", or what was written
  std::string driver = {};   ///< "psycopg2", ...; empty: none was named
  std::string user = {};
  std::optional<std::string> password = {};
  std::vector<Host> hosts = {};  ///< of the query's host=, else the authority; or none
  std::string database = {};     ///< the database's name, or SQLite's file
  /// In the order written, host and port taken out (they are `hosts`).
  std::vector<std::pair<std::string, std::string>> query = {};

  /// The last value given for `name` in the query, or nothing.
  std::optional<std::string> option(std::string_view name) const;

  /// For dialect sqlite: whether nothing of it is kept, as sqlite_file() says.
  bool in_memory() const;

  /// The URL written anew with "***" for each password, also those in the query.
  std::string redacted() const;
};

/// "postgres" becomes "postgresql"; other names stay as they are, so that the drivers
/// can say which databases there are. Throws ConfigError, without any password in it,
/// on what is no URL, on a port that is none, and on a server in SQLite's URL.
Url parse_url(std::string_view text);

/// What sqlite3_open_v2 is to be given.
struct SqliteFile {
  std::string name = {};   ///< a path; or "file:..." when `is_uri`; or ":memory:"
  bool is_uri = false;     ///< SQLITE_OPEN_URI is needed
  bool in_memory = false;  ///< nothing is kept
};

/// For dialect sqlite: the query's `uri=true` is understood as pysqlite does, with all
/// that is not Python's own in the query handed on to SQLite.
SqliteFile sqlite_file(const Url& url);

}  // namespace revise::driver
