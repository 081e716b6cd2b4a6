#include "engine/unit/file_hashes.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <utility>

#include "engine/core/hash.hpp"
#include "engine/unit/cache_folder.hpp"

namespace revise::unit {

namespace {

// Stamps are taken from a clock that ticks every 1 to 10 ms: a second change within
// one tick leaves the same stamp.
constexpr std::int64_t kYoung_ns = 50'000'000;

std::int64_t nanoseconds(const timespec& time) {
  return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

std::optional<std::string> contents_of(const std::string& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file) return std::nullopt;
  std::string bytes;
  char part[16384];
  for (;;) {
    const auto got = ::read(file.number(), part, sizeof part);
    if (got < 0) return std::nullopt;
    if (got == 0) return bytes;
    bytes.append(part, static_cast<std::size_t>(got));
  }
}

}  // namespace

std::optional<FileState> state_of(const std::string& path) {
  struct stat status = {};
  if (::stat(path.c_str(), &status) != 0) return std::nullopt;
  return FileState{static_cast<std::uint64_t>(status.st_size), status.st_ino,
                   nanoseconds(status.st_mtim), nanoseconds(status.st_ctim)};
}

std::int64_t file_clock_ns() {
  timespec now = {};
  ::clock_gettime(CLOCK_REALTIME, &now);
  return nanoseconds(now);
}

const std::string& FileHashes::hash_of(const std::string& path) {
  const auto [current, is_new] = current_.try_emplace(path);
  if (!is_new) return current->second;
  const auto now_ns = file_clock_ns();
  const auto state = state_of(path);
  if (!state) return current->second;
  const auto known = known_.find(path);
  if (known != known_.end() && known->second.state == *state) {
    return current->second = known->second.hash;
  }
  const auto bytes = contents_of(path);
  if (!bytes) return current->second;
  current->second = sha256(*bytes).substr(0, 32);
  if (state->changed_ns + kYoung_ns < now_ns) {
    known_[path] = {*state, current->second};
    has_news_ = true;
  }
  return current->second;
}

}  // namespace revise::unit
