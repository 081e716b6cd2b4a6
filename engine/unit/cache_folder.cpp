#include "engine/unit/cache_folder.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <utility>

#include "engine/core/error.hpp"
#include "engine/core/hash.hpp"
#include "engine/core/text.hpp"

namespace revise::unit {

namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const std::string& what, const std::string& path, int reason) {
  throw UnitError(what + " " + revise::quoted(path) + ": " + std::strerror(reason),
                  path);
}

// Yields nothing when only the right to write is missing.
std::optional<Descriptor> open_or_make(const std::string& path) {
  constexpr int kFlags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
  Descriptor folder(::open(path.c_str(), kFlags));
  if (!folder && errno == ENOENT) {
    std::error_code ignored;  // what is wrong shows when the folder itself is made
    fs::create_directories(fs::path(path).parent_path(), ignored);
    if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) {
      if (errno == EROFS || errno == EACCES || errno == EPERM) return std::nullopt;
      fail("cannot make the build directory", path, errno);
    }
    folder = Descriptor(::open(path.c_str(), kFlags));
  }
  if (!folder && errno == EACCES) return std::nullopt;
  if (!folder && (errno == ELOOP || errno == ENOTDIR)) {
    throw UnitError("the build directory " + revise::quoted(path) +
                        " is a symbolic link or no folder; name a folder of your own "
                        "with build_directory",
                    path);
  }
  if (!folder) fail("cannot open the build directory", path, errno);
  return folder;
}

void check_private(const Descriptor& folder, const std::string& path) {
  struct stat status = {};
  if (::fstat(folder.number(), &status) != 0) {
    fail("cannot read the build directory", path, errno);
  }
  // What root wrote is as good as the system itself; there it is read-only for us.
  if (status.st_uid != ::geteuid() && status.st_uid != 0) {
    throw UnitError("the build directory " + revise::quoted(path) +
                        " belongs to another user; name one of your own with "
                        "build_directory",
                    path);
  }
  if ((status.st_mode & (S_IWGRP | S_IWOTH)) != 0) {
    throw UnitError("others can write to the build directory " + revise::quoted(path) +
                        ", and what is in it is run; take that away (chmod 700) or "
                        "remove it",
                    path);
  }
}

std::string fallback_for(const std::string& path) {
  const char* given = std::getenv("XDG_CACHE_HOME");
  fs::path base = given != nullptr ? given : "";
  if (!base.is_absolute()) {
    const char* home = std::getenv("HOME");
    if (home == nullptr || *home != '/') {
      throw UnitError("the build directory " + revise::quoted(path) +
                          " cannot be written, and neither XDG_CACHE_HOME nor HOME "
                          "names another place",
                      path);
    }
    base = fs::path(home) / ".cache";
  }
  base /= "revise";
  std::error_code ignored;  // what is wrong shows when the folder itself is made
  fs::create_directories(base, ignored);
  return base / sha256(path).substr(0, 16);
}

bool can_write(const Descriptor& folder) {
  return ::faccessat(folder.number(), ".", W_OK, AT_EACCESS) == 0;
}

void write_all(int file, std::string_view bytes, const std::string& path) {
  while (!bytes.empty()) {
    const auto written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail("cannot write", path, errno);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

}  // namespace

Descriptor::Descriptor(Descriptor&& other) noexcept
    : number_(std::exchange(other.number_, -1)) {}

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  std::swap(number_, other.number_);
  return *this;
}

Descriptor::~Descriptor() {
  if (number_ >= 0) ::close(number_);
}

CacheFolder::CacheFolder(Descriptor folder, std::string path)
    : folder_(std::move(folder)), path_(std::move(path)) {}

CacheFolder CacheFolder::open(const std::string& path) {
  std::string absolute = fs::absolute(path).lexically_normal();
  while (absolute.size() > 1 && absolute.back() == '/') absolute.pop_back();
  auto folder = open_or_make(absolute);
  if (folder) check_private(*folder, absolute);
  if (!folder || !can_write(*folder)) {
    const std::string wanted = absolute;
    absolute = fallback_for(wanted);
    folder = open_or_make(absolute);
    if (!folder) {
      throw UnitError("neither " + revise::quoted(wanted) + " nor " +
                          revise::quoted(absolute) +
                          " can be written; name a folder with build_directory",
                      wanted);
    }
    check_private(*folder, absolute);
  }
  CacheFolder cache(std::move(*folder), absolute);
  if (!cache.has(".gitignore")) cache.write(".gitignore", "*\n");
  return cache;
}

std::string CacheFolder::path_of(std::string_view name) const {
  return path_ + "/" + std::string(name);
}

std::string CacheFolder::temporary_name(std::string_view suffix) const {
  static unsigned count = 0;
  return "tmp-" + std::to_string(::getpid()) + "-" + std::to_string(++count) +
         std::string(suffix);
}

std::optional<std::string> CacheFolder::read(const std::string& name) const {
  const Descriptor file(
      ::openat(folder_.number(), name.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
  if (!file && errno == ENOENT) return std::nullopt;
  struct stat status = {};
  if (!file || ::fstat(file.number(), &status) != 0) {
    fail("cannot read", path_of(name), errno);
  }
  std::string bytes(static_cast<std::size_t>(status.st_size), '\0');
  std::size_t size = 0;
  while (size < bytes.size()) {
    const auto got = ::read(file.number(), bytes.data() + size, bytes.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail("cannot read", path_of(name), errno);
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  bytes.resize(size);
  return bytes;
}

bool CacheFolder::has(const std::string& name) const {
  return ::faccessat(folder_.number(), name.c_str(), F_OK, 0) == 0;
}

void CacheFolder::write(const std::string& name, std::string_view bytes) const {
  const std::string temporary = temporary_name(".part");
  {
    const Descriptor file(::openat(folder_.number(), temporary.c_str(),
                                   O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (!file) fail("cannot write", path_of(temporary), errno);
    write_all(file.number(), bytes, path_of(name));
  }
  rename(temporary, name);
}

void CacheFolder::rename(const std::string& from, const std::string& to) const {
  if (::renameat(folder_.number(), from.c_str(), folder_.number(), to.c_str()) != 0) {
    fail("cannot write", path_of(to), errno);
  }
}

void CacheFolder::remove(const std::string& name) const noexcept {
  ::unlinkat(folder_.number(), name.c_str(), 0);
}

void CacheFolder::sweep() const {
  constexpr std::string_view kPrefix = "tmp-";
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(path_, error)) {
    const std::string name = entry.path().filename();
    if (!name.starts_with(kPrefix)) continue;
    const auto pid = static_cast<pid_t>(std::atol(name.c_str() + kPrefix.size()));
    const bool is_gone = pid > 0 && ::kill(pid, 0) != 0 && errno == ESRCH;
    if (is_gone) fs::remove_all(entry.path(), error);
  }
}

Descriptor CacheFolder::lock() const {
  Descriptor file(::openat(folder_.number(), "lock",
                           O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (!file) fail("cannot open", path_of("lock"), errno);
  while (::flock(file.number(), LOCK_EX) != 0) {
    if (errno != EINTR) fail("cannot lock", path_of("lock"), errno);
  }
  return file;
}

}  // namespace revise::unit
