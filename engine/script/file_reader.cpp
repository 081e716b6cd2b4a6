#include "engine/script/file_reader.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <utility>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"

namespace revise::script {
namespace {

constexpr std::size_t kFirstBuffer = 64 * 1024;

[[noreturn]] void fail(const std::string& path) {
  throw UnitError("cannot read " + quoted(path) + ": " + std::strerror(errno), path);
}

}  // namespace

Folder::Folder(std::string path)
    : path_(std::move(path)),
      descriptor_(open(path_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
  if (descriptor_ < 0) fail(path_);
}

Folder::~Folder() { close(descriptor_); }

std::vector<Folder::Entry> Folder::entries() const {
  const auto close_stream = [](DIR* stream) { closedir(stream); };
  const std::unique_ptr<DIR, decltype(close_stream)> stream(
      fdopendir(fcntl(descriptor_, F_DUPFD_CLOEXEC, 0)), close_stream);
  if (!stream) fail(path_);
  std::vector<Entry> found;
  while (true) {
    errno = 0;
    const dirent* entry = readdir(stream.get());
    if (entry == nullptr) break;
    std::string name = entry->d_name;
    if (name == "." || name == "..") continue;
    unsigned char type = entry->d_type;
    if (struct stat status;
        type == DT_UNKNOWN &&
        fstatat(descriptor_, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0) {
      type = static_cast<unsigned char>(IFTODT(status.st_mode));
    }
    if (type == DT_REG)
      found.push_back({std::move(name), EntryKind::File});
    else if (type == DT_LNK)
      found.push_back({std::move(name), EntryKind::Link});
    else if (type == DT_DIR)
      found.push_back({std::move(name), EntryKind::Folder});
  }
  if (errno != 0) fail(path_);
  std::sort(found.begin(), found.end(),
            [](const Entry& a, const Entry& b) { return a.name < b.name; });
  return found;
}

std::string_view Folder::read(const std::string& name, std::string& buffer) const {
  // A pipe under a unit's name must not stop the command for ever.
  const int file = openat(descriptor_, name.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0) fail(path_ + "/" + name);
  if (buffer.size() < kFirstBuffer) buffer.resize(kFirstBuffer);
  std::size_t size = 0;
  while (true) {
    const ssize_t got = ::read(file, buffer.data() + size, buffer.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      const int error = std::exchange(errno, 0);
      close(file);
      errno = error;
      fail(path_ + "/" + name);
    }
    size += static_cast<std::size_t>(got);
    // A regular file gives less than was asked for only at its end.
    if (size < buffer.size()) break;
    buffer.resize(buffer.size() * 2);
  }
  close(file);
  return {buffer.data(), size};
}

std::string real_path_of(const std::string& path) {
  const std::unique_ptr<char, decltype(&std::free)> resolved(
      realpath(path.c_str(), nullptr), &std::free);
  return resolved ? std::string(resolved.get()) : std::string();
}

}  // namespace revise::script
