#include "engine/config/file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"

namespace revise::config {

std::optional<std::string> read_file_if_there(const std::string& path,
                                              const std::string& name) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0 && (errno == ENOENT || errno == ENOTDIR)) return std::nullopt;
  int error = file < 0 ? errno : 0;
  std::string text;
  char buffer[16384];
  while (error == 0) {
    const auto count = ::read(file, buffer, sizeof buffer);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) error = errno;
    if (count <= 0) break;
    text.append(buffer, static_cast<std::size_t>(count));
  }
  if (file >= 0) ::close(file);
  if (error != 0) {
    throw ConfigError("cannot read " + quoted(name) + ": " + std::strerror(error),
                      name);
  }
  return text;
}

}  // namespace revise::config
