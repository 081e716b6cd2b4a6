/// An empty database of each kind for a test, the same code over both.

#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/driver/connect.hpp"

namespace revise::testing {

class TemporaryFolder;

/// An empty database with a life of its own.
class TestDatabase {
 public:
  /// `dialect` is "sqlite" (a file) or "postgresql".
  explicit TestDatabase(const std::string& dialect);
  ~TestDatabase();

  const std::string& dialect() const { return dialect_; }
  const std::string& url() const { return url_; }
  const std::string& file() const { return file_; }  ///< empty on PostgreSQL

  /// A new connection.
  std::unique_ptr<driver::Connection> connect(
      const driver::ConnectOptions& options = {}) const;

  /// What `sql` selects, over a new connection: values of a row joined by ' ', rows
  /// by ','.
  std::string select(const std::string& sql) const;

 private:
  std::string dialect_;
  std::unique_ptr<TemporaryFolder> folder_;
  std::string file_;
  std::string url_;
};

/// The dialects to test: those that REVISE_TEST_DIALECTS lists, else both.
std::vector<std::string> dialects_to_test();
bool tests_dialect(const std::string& dialect);

/// A result as text: values of a row joined by ' ', rows by ',', NULL for none.
std::string text_of_rows(const driver::Result& result);

}  // namespace revise::testing
