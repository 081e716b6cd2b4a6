#include "tests/support/postgresql_server.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <vector>

#include "engine/core/error.hpp"
#include "engine/driver/connect.hpp"
#include "tests/support/postgresql_cluster.hpp"
#include "tests/support/server_process.hpp"

namespace revise::testing {

namespace {

namespace fs = std::filesystem;

std::string pooler_program() {
  for (const char* path : {"/usr/sbin/pgbouncer", "/usr/bin/pgbouncer"}) {
    if (fs::exists(path)) return path;
  }
  throw std::runtime_error("no pgbouncer is installed (Debian: pgbouncer)");
}

std::unique_ptr<driver::Connection> open(const std::string& url) {
  return driver::connect(driver::parse_url(url));
}

std::string with_database(std::string url, const std::string& name) {
  const auto query = std::min(url.find('?'), url.size());
  const auto slash = url.rfind('/', query);
  return url.substr(0, slash + 1) + name + url.substr(query);
}

}  // namespace

PostgresqlServer& PostgresqlServer::instance() {
  static PostgresqlServer server;
  return server;
}

PostgresqlServer::PostgresqlServer() {
  if (const char* url = std::getenv("REVISE_TEST_POSTGRESQL")) {
    administration_ = url;
  } else {
    start();
  }
}

PostgresqlServer::~PostgresqlServer() {
  pooler_.reset();
  if (server_ != nullptr) return;
  for (; databases_ > 0; --databases_) {
    try {
      execute("DROP DATABASE IF EXISTS revise_test_" + std::to_string(getpid()) + "_" +
              std::to_string(databases_));
    } catch (const Error&) {  // somebody still uses it; the server is not ours
    }
  }
}

void PostgresqlServer::start() {
  server_ = std::make_unique<PostgresqlCluster>(PostgresqlCluster::Listen::Socket);
  server_->start({"max_prepared_transactions=8"});
  administration_ = server_->url();
}

std::string PostgresqlServer::create_database() {
  const std::string name =
      "revise_test_" + std::to_string(getpid()) + "_" + std::to_string(++databases_);
  execute("CREATE DATABASE " + name);
  return with_database(administration_, name);
}

void PostgresqlServer::execute(const std::string& sql) {
  open(administration_)->execute(sql);
}

std::string PostgresqlServer::pooled(const std::string& url) {
  if (server_ == nullptr) {
    throw std::runtime_error("a pooler is only started before a server of one's own");
  }
  const std::string folder = server_->folder();
  const std::string log = folder + "/pgbouncer.log";
  // Its own folder: the socket's name says the port, which both leave at the default.
  const std::string sockets = folder + "/pool";
  std::string pooled = url;
  pooled.replace(pooled.find(folder), folder.size(), sockets);
  if (pooler_ == nullptr) {
    fs::create_directory(sockets);
    give_to_server_user(sockets);
    std::ofstream(folder + "/pgbouncer.ini")
        << "[databases]\n* = host=" << folder << " port=5432 user=revise\n[pgbouncer]\n"
        << "listen_addr =\nlisten_port = 5432\nunix_socket_dir = " << sockets
        << "\nauth_type = any\npool_mode = transaction\ndefault_pool_size = 4\n"
        << "server_reset_query_always = 0\n";
    pooler_ = std::make_unique<ServerProcess>(
        std::vector<std::string>{pooler_program(), folder + "/pgbouncer.ini"}, log);
  }
  wait_until_open(pooled, *pooler_, log);
  return pooled;
}

}  // namespace revise::testing
