#include "engine/output/console.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "engine/core/error.hpp"
#include "engine/output/terminal_text.hpp"

namespace revise::output {

namespace {

constexpr std::size_t kBufferSize = 1 << 16;
constexpr std::string_view kFailed = "FAILED:";
constexpr std::string_view kRed = "\033[1;31m";
constexpr std::string_view kPlain = "\033[0m";

// 0, or the errno that stopped it.
int write_all(int descriptor, std::string_view text) noexcept {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      return errno;
    }
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

}  // namespace

Console::Console(int out, int err) : out_(out), err_(err) {}

Console::~Console() { write_all(out_, buffer_); }

void Console::print(std::string_view text) {
  if (verbosity_ != Verbosity::Normal) return;
  out_is_terminal() ? write(terminal_text(text)) : write(text);
}

void Console::write(std::string_view text) {
  buffer_ += text;
  if (buffer_.size() >= kBufferSize) flush();
}

void Console::note(std::string_view text) noexcept {
  err_is_terminal() ? draw(terminal_text(text)) : draw(text);
}

void Console::draw(std::string_view text) noexcept {
  // A reader of both streams in one terminal sees them in the order they were made.
  if (!buffer_.empty() && write_all(out_, buffer_) == 0) buffer_.clear();
  write_all(err_, text);
}

void Console::fail(std::string_view text) noexcept {
  const bool has_colour = text.starts_with(kFailed) && err_has_colour();
  if (has_colour) {
    draw(kRed);
    draw(kFailed);
    draw(kPlain);
    text.remove_prefix(kFailed.size());
  }
  note(text);
}

void Console::flush() {
  // Emptied first: what could not be written once is not tried again.
  std::string text;
  text.swap(buffer_);
  const int error = write_all(out_, text);
  if (error != 0) {
    throw Error(std::string("cannot write to standard output: ") + strerror(error));
  }
}

bool Console::out_is_terminal() const { return isatty(out_) == 1; }
bool Console::err_is_terminal() const { return isatty(err_) == 1; }

bool Console::err_has_colour() const {
  const char* unwanted = std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  return !(unwanted && *unwanted) && terminal && std::string_view(terminal) != "dumb" &&
         err_is_terminal();
}

}  // namespace revise::output
