/// A database's URL as SQLAlchemy writes it:
/// dialect[+driver]://user:password@host:port/database?query.
///
/// Which setting it came from is engine/config's business, and what to do with it the
/// drivers'. What prints a URL prints redacted().
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

/// All parts are decoded. Made by parse_url().
struct Url {
  std::string dialect = {};  ///< "sqlite", "postgresql", or what was written
  std::string driver = {};   ///< "psycopg2", ...; empty: none was named
  std::string user = {};
  std::optional<std::string> password = {};
  std::vector<Host> hosts =
      {};  ///< from the authority, or the query's host=; may be empty
  /// A file for SQLite, empty for one in memory; else the database's name.
  std::string database = {};
  /// In the order written, host and port taken out (they are `hosts`).
  std::vector<std::pair<std::string, std::string>> query = {};

  /// The last value given for `name` in the query, or nothing.
  std::optional<std::string> option(std::string_view name) const;

  /// SQLite without a file: ":memory:" or nothing (SQLite's `file::memory:` too).
  bool in_memory() const;

  /// The URL written anew with "***" for each password, also those in the query
  /// (password, sslpassword).
  std::string redacted() const;
};

/// Throws ConfigError, without any password in it, on what is no URL.
/// "postgres" becomes "postgresql"; other names stay as they are, so that the
/// drivers can say which databases there are.
Url parse_url(std::string_view text);

/// For libpq: keyword='value' pairs, the password included. For dialect postgresql.
std::string libpq_conninfo(const Url& url);

}  // namespace revise::driver
