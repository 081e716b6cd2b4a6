#include "engine/driver/connect.hpp"

#include <dlfcn.h>
#include <unistd.h>

#include <climits>
#include <vector>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/driver/postgresql.hpp"
#include "engine/driver/sqlite.hpp"

// Null in a program that the driver is not linked into. The linker does not take an
// archive's member for a weak symbol alone: whoever wants one says
// -u revise_connect_sqlite.
#pragma weak revise_connect_postgresql
#pragma weak revise_connect_sqlite

namespace revise::driver {

namespace {

using ConnectFunction = Connection* (*)(const Url&, const ConnectOptions&);

constexpr std::string_view kModule = "librevise_postgresql.so";

std::string folder_of_program() {
  char path[PATH_MAX];
  const ssize_t length = readlink("/proc/self/exe", path, sizeof path);
  if (length <= 0) return {};
  const std::string program(path, static_cast<std::size_t>(length));
  return program.substr(0, program.rfind('/'));
}

// In the build tree the module is beside the tool, installed below the same prefix.
std::vector<std::string> module_folders() {
  const std::string folder = folder_of_program();
  return {folder, folder + "/../" REVISE_INSTALL_LIBRARY "/revise"};
}

// The module is never unloaded: the connections that it makes live on.
ConnectFunction load_postgresql() {
  std::vector<std::string> tried;
  for (const auto& folder : module_folders()) {
    const std::string path = folder + "/" + std::string(kModule);
    if (access(path.c_str(), F_OK) != 0) {
      tried.push_back(quoted(path));
      continue;
    }
    void* module = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (module == nullptr) {
      throw ConfigError(std::string("the driver for PostgreSQL cannot be loaded: ") +
                        dlerror());
    }
    void* function = dlsym(module, "revise_connect_postgresql");
    if (function == nullptr) {
      throw ConfigError(quoted(path) + " is no driver: " + dlerror());
    }
    return reinterpret_cast<ConnectFunction>(function);
  }
  throw ConfigError("the driver for PostgreSQL is not here; looked for " +
                    join(tried, ", "));
}

ConnectFunction postgresql_driver() {
  static const ConnectFunction function = &revise_connect_postgresql != nullptr
                                              ? &revise_connect_postgresql
                                              : load_postgresql();
  return function;
}

ConnectFunction sqlite_driver() {
  if (&revise_connect_sqlite != nullptr) return &revise_connect_sqlite;
  throw ConfigError(
      "the driver for SQLite is not in this program; it was linked without");
}

}  // namespace

std::unique_ptr<Connection> connect(const Url& url, const ConnectOptions& options) {
  if (url.dialect == "sqlite") {
    return std::unique_ptr<Connection>(sqlite_driver()(url, options));
  }
  if (url.dialect == "postgresql") {
    return std::unique_ptr<Connection>(postgresql_driver()(url, options));
  }
  throw ConfigError("there is no driver for " + quoted(url.dialect) +
                    "; there are sqlite and postgresql");
}

}  // namespace revise::driver
