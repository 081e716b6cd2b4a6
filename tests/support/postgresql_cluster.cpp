#include "tests/support/postgresql_cluster.hpp"

#include <arpa/inet.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <stdexcept>
#include <thread>

#include "engine/core/error.hpp"
#include "engine/driver/connect.hpp"
#include "tests/support/server_process.hpp"
#include "tests/support/temporary_folder.hpp"

namespace revise::testing {

namespace {

namespace fs = std::filesystem;

constexpr int kUsualPort = 5432;

// Debian keeps a folder for each major version and puts none of them in the PATH.
std::string server_programs() {
  std::vector<fs::path> found;
  std::error_code none;
  for (const auto& version : fs::directory_iterator("/usr/lib/postgresql", none)) {
    if (fs::exists(version.path() / "bin/postgres"))
      found.push_back(version.path() / "bin");
  }
  for (const char* folder : {"/usr/local/bin", "/usr/bin"}) {
    if (fs::exists(fs::path(folder) / "postgres")) found.emplace_back(folder);
  }
  if (found.empty()) {
    throw std::runtime_error("no PostgreSQL server is installed (Debian: postgresql)");
  }
  return std::max_element(found.begin(), found.end())->string();
}

// Free a moment ago, which is as much as can be known.
int free_port() {
  const int listener = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const any = reinterpret_cast<sockaddr*>(&address);
  const bool is_bound =
      bind(listener, any, size) == 0 && getsockname(listener, any, &size) == 0;
  close(listener);
  if (!is_bound) throw std::runtime_error("there is no free port");
  return ntohs(address.sin_port);
}

}  // namespace

void wait_until_open(const std::string& url, ServerProcess& server,
                     const std::string& log) {
  const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  for (;;) {
    try {
      driver::connect(driver::parse_url(url));
      return;
    } catch (const DatabaseError& error) {
      if (!server.is_running() || std::chrono::steady_clock::now() > limit) {
        throw std::runtime_error(std::string("the server does not come up: ") +
                                 error.what() + "\n" + read_text(log));
      }
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
}

PostgresqlCluster::PostgresqlCluster(Listen listen, const std::string& locale)
    : folder_(std::make_unique<TemporaryFolder>()),
      listen_(listen),
      port_(listen == Listen::Socket ? kUsualPort : free_port()) {
  give_to_server_user(folder());
  run_as_server_user(
      {server_programs() + "/initdb", "-D", folder() + "/data", "-U", "revise", "-A",
       "trust", "--no-sync", "-E", "UTF8", "--locale=" + locale},
      folder() + "/log");
}

PostgresqlCluster::~PostgresqlCluster() = default;

const std::string& PostgresqlCluster::folder() const { return folder_->path(); }

std::string PostgresqlCluster::write(const std::string& name,
                                     const std::string& content) {
  const std::string path = folder() + "/" + name;
  write_text(path, content);
  chmod(path.c_str(), 0600);
  give_to_server_user(path);
  return path;
}

void PostgresqlCluster::write_hba(const std::string& lines) {
  write("data/pg_hba.conf", lines);
}

void PostgresqlCluster::launch(const std::vector<std::string>& settings) {
  server_.reset();
  std::vector<std::string> arguments = {
      server_programs() + "/postgres",
      "-D",
      folder() + "/data",
      "-k",
      folder(),
      "-p",
      std::to_string(port_),
      "-c",
      listen_ == Listen::Socket ? "listen_addresses=" : "listen_addresses=127.0.0.1",
      "-c",
      "fsync=off",
      "-c",
      "full_page_writes=off",
      "-c",
      "autovacuum=off"};
  for (const auto& setting : settings) {
    arguments.insert(arguments.end(), {"-c", setting});
  }
  server_ = std::make_unique<ServerProcess>(arguments, folder() + "/log");
}

void PostgresqlCluster::start(const std::vector<std::string>& settings) {
  launch(settings);
  wait_until_open(url(), *server_, folder() + "/log");
}

void PostgresqlCluster::stop(Stop mode) {
  kill(server_->pid(), mode == Stop::Fast        ? SIGINT
                       : mode == Stop::Immediate ? SIGQUIT
                                                 : SIGKILL);
  server_->wait();
}

std::string PostgresqlCluster::url(const std::string& user, const std::string& database,
                                   const std::string& query) const {
  const std::string port =
      port_ == kUsualPort ? std::string() : "&port=" + std::to_string(port_);
  return "postgresql://" + user + "@/" + database + "?host=" + folder() + port + query;
}

void PostgresqlCluster::execute(const std::string& sql) const {
  driver::connect(driver::parse_url(url()))->execute(sql);
}

std::string PostgresqlCluster::log() const { return read_text(folder() + "/log"); }

}  // namespace revise::testing
