#include "tests/conformance/cli_database.hpp"

#include <sqlite3.h>

#include <filesystem>
#include <memory>
#include <stdexcept>

namespace revise::conformance {
namespace {

struct Close {
  void operator()(sqlite3* database) const { sqlite3_close(database); }
};
using Database = std::unique_ptr<sqlite3, Close>;

Database open(const std::string& path) {
  sqlite3* database = nullptr;
  const int code = sqlite3_open(path.c_str(), &database);
  Database owner(database);
  if (code != SQLITE_OK) throw std::runtime_error("cannot open " + path);
  return owner;
}

void execute(const Database& database, const std::string& sql) {
  if (sqlite3_exec(database.get(), sql.c_str(), nullptr, nullptr, nullptr) !=
      SQLITE_OK) {
    throw std::runtime_error(sqlite3_errmsg(database.get()) + (" in: " + sql));
  }
}

}  // namespace

void write_version_rows(const std::string& path, const VersionRows& rows) {
  for (const char* suffix : {"", "-journal", "-wal", "-shm"}) {
    std::filesystem::remove(path + suffix);
  }
  if (!rows) return;
  const auto database = open(path);
  std::string sql =
      "PRAGMA synchronous = OFF; BEGIN;"
      "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
      "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num));";
  for (const auto& row : *rows) {
    sql += "INSERT INTO alembic_version VALUES ('" + row + "');";
  }
  execute(database, sql + "COMMIT");
}

VersionRows read_version_rows(const std::string& path) {
  if (!std::filesystem::exists(path)) return std::nullopt;
  const auto database = open(path);
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(database.get(),
                         "SELECT version_num FROM alembic_version ORDER BY 1", -1,
                         &statement, nullptr) != SQLITE_OK) {
    return std::nullopt;
  }
  std::vector<std::string> rows;
  while (sqlite3_step(statement) == SQLITE_ROW) {
    rows.emplace_back(reinterpret_cast<const char*>(sqlite3_column_text(statement, 0)));
  }
  sqlite3_finalize(statement);
  return rows;
}

}  // namespace revise::conformance
