#include "engine/commands/files.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"

namespace revise::commands {

namespace {

[[noreturn]] void fail(const std::string& doing, const std::string& path) {
  throw Error("cannot " + doing + " " + quoted(path) + ": " + strerror(errno));
}

}  // namespace

std::string read_file(const std::string& path) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) fail("read", path);
  std::string text;
  char buffer[1 << 14];
  ssize_t size = 0;
  while ((size = read(file, buffer, sizeof buffer)) > 0) {
    text.append(buffer, static_cast<std::size_t>(size));
  }
  const int error = errno;
  close(file);
  errno = error;
  if (size < 0) fail("read", path);
  return text;
}

void write_new_file(const std::string& path, std::string_view text) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (file < 0) fail("create", path);
  while (!text.empty()) {
    const ssize_t size = write(file, text.data(), text.size());
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) {
      const int error = errno;
      unlink(path.c_str());
      close(file);
      errno = error;
      fail("write", path);
    }
    text.remove_prefix(static_cast<std::size_t>(size));
  }
  if (close(file) != 0) fail("write", path);
}

void replace_file(const std::string& path, std::string_view text) {
  if (access(path.c_str(), F_OK) == 0 && read_file(path) == text) return;
  const std::string temporary = path + "." + std::to_string(getpid());
  write_new_file(temporary, text);
  if (rename(temporary.c_str(), path.c_str()) == 0) return;
  const int error = errno;
  unlink(temporary.c_str());
  errno = error;
  fail("replace", path);
}

}  // namespace revise::commands
