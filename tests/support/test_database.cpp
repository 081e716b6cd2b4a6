#include "tests/support/test_database.hpp"

#include <algorithm>
#include <cstdlib>

#include "engine/core/text.hpp"
#include "tests/support/postgresql_server.hpp"
#include "tests/support/temporary_folder.hpp"

namespace revise::testing {

namespace {

struct AsText {
  std::string operator()(std::monostate) const { return "NULL"; }
  std::string operator()(bool value) const { return value ? "true" : "false"; }
  std::string operator()(std::int64_t value) const { return std::to_string(value); }
  std::string operator()(double value) const { return std::to_string(value); }
  std::string operator()(const std::string& value) const { return value; }
  std::string operator()(const driver::Blob& value) const {
    return "blob:" + value.bytes;
  }
};

}  // namespace

TestDatabase::TestDatabase(const std::string& dialect) : dialect_(dialect) {
  if (dialect == "sqlite") {
    folder_ = std::make_unique<TemporaryFolder>();
    file_ = folder_->path() + "/test.db";
    url_ = "sqlite:///" + file_;
  } else {
    url_ = PostgresqlServer::instance().create_database();
  }
}

TestDatabase::~TestDatabase() = default;

std::unique_ptr<driver::Connection> TestDatabase::connect(
    const driver::ConnectOptions& options) const {
  return driver::connect(driver::parse_url(url_), options);
}

std::string TestDatabase::select(const std::string& sql) const {
  return text_of_rows(connect()->query(sql));
}

std::vector<std::string> dialects_to_test() {
  const char* listed = std::getenv("REVISE_TEST_DIALECTS");
  return split(listed == nullptr ? "sqlite,postgresql" : listed, ',');
}

bool tests_dialect(const std::string& dialect) {
  const auto dialects = dialects_to_test();
  return std::find(dialects.begin(), dialects.end(), dialect) != dialects.end();
}

std::string text_of_rows(const driver::Result& result) {
  std::vector<std::string> rows;
  for (const auto& row : result.rows) {
    std::vector<std::string> values;
    for (const auto& value : row) values.push_back(std::visit(AsText{}, value));
    rows.push_back(join(values, " "));
  }
  return join(rows, ",");
}

}  // namespace revise::testing
