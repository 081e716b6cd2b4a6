#include "tests/support/statement_proxy.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <list>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <thread>

#include "tests/support/temporary_folder.hpp"

namespace revise::testing {

namespace {

sockaddr_un address_of(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path) throw std::runtime_error("long path");
  path.copy(address.sun_path, path.size());
  return address;
}

class Socket {
 public:
  explicit Socket(int descriptor) : descriptor_(descriptor) {}
  Socket(const Socket&) = delete;
  ~Socket() { close(descriptor_); }
  int get() const { return descriptor_; }
  // Wakes whoever waits for it, and tells the other side.
  void end() const { shutdown(descriptor_, SHUT_RDWR); }

 private:
  int descriptor_;
};

int unix_socket() { return socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0); }

bool send_all(int to, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = send(to, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

std::optional<std::string> receive(int from) {
  std::array<char, 1 << 14> buffer;
  const auto count = recv(from, buffer.data(), buffer.size(), 0);
  if (count <= 0) return std::nullopt;
  return std::string(buffer.data(), static_cast<std::size_t>(count));
}

std::size_t length_at(std::string_view bytes) {
  std::size_t length = 0;
  for (const char c : bytes.substr(0, 4))
    length = length * 256 + static_cast<std::uint8_t>(c);
  return length;
}

// The messages of a client: the first has no type.
class Messages {
 public:
  void add(const std::string& bytes) { bytes_ += bytes; }

  std::optional<std::string> next() {
    const std::size_t type = has_started_ ? 1 : 0;
    if (bytes_.size() < type + 4) return std::nullopt;
    const auto size = type + length_at(std::string_view(bytes_).substr(type));
    if (bytes_.size() < size) return std::nullopt;
    has_started_ = true;
    auto message = bytes_.substr(0, size);
    bytes_.erase(0, size);
    return message;
  }

 private:
  std::string bytes_;
  bool has_started_ = false;
};

bool is_query(std::string_view message, std::string_view words) {
  return message.size() > 5 && message.front() == 'Q' &&
         message.substr(5).starts_with(words);
}

}  // namespace

class StatementProxy::Relay {
 public:
  explicit Relay(const std::string& server)
      : server_(server), listener_(unix_socket()) {
    const auto address = address_of(folder_ / ".s.PGSQL.5432");
    if (bind(listener_.get(), reinterpret_cast<const sockaddr*>(&address),
             sizeof address) != 0 ||
        listen(listener_.get(), 16) != 0) {
      throw std::runtime_error("cannot listen");
    }
    accepting_ = std::thread([this] { accept_all(); });
  }

  ~Relay() {
    listener_.end();
    accepting_.join();
    for (auto& line : lines_) {
      line.client.end();
      line.server.end();
    }
    for (auto& line : lines_) line.thread.join();
  }

  const std::string& folder() const { return folder_.path(); }

  void stop_at(const std::string& words, HoldBack what) {
    const std::lock_guard lock(mutex_);
    words_ = words;
    what_ = what;
    stopped_ = nullptr;
  }

  bool wait_until_stopped() {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::minutes(1),
                             [this] { return stopped_ != nullptr; });
  }

  void cut() {
    const std::lock_guard lock(mutex_);
    if (stopped_ == nullptr) return;
    stopped_->client.end();
    stopped_->server.end();
  }

 private:
  struct Line {
    Line(int to_client, int to_server) : client(to_client), server(to_server) {}
    Socket client;
    Socket server;
    Messages messages = {};
    bool holds_answer = false;
    std::thread thread = {};
  };

  void accept_all() {
    for (;;) {
      const int client = accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC);
      if (client < 0) return;
      const int server = unix_socket();
      const auto address = address_of(server_);
      connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof address);
      auto& line = lines_.emplace_back(client, server);
      line.thread = std::thread([this, &line] { relay(line); });
    }
  }

  // Until one of the two is gone, and then for both.
  void relay(Line& line) {
    pollfd ready[] = {
        {line.client.get(), POLLIN, 0},
        {line.server.get(), POLLIN, 0}
    };
    bool goes_on = true;
    while (goes_on && poll(ready, 2, -1) > 0) {
      if (ready[0].revents != 0) goes_on = pass_statements(line);
      if (goes_on && ready[1].revents != 0) goes_on = pass_answer(line);
    }
    line.client.end();
    line.server.end();
  }

  bool pass_statements(Line& line) {
    const auto bytes = receive(line.client.get());
    if (!bytes) return false;
    line.messages.add(*bytes);
    while (const auto message = line.messages.next()) {
      if (is_held_back(line, *message)) {
        stop(line);
        continue;
      }
      if (!send_all(line.server.get(), *message)) return false;
    }
    return true;
  }

  bool pass_answer(Line& line) {
    const auto bytes = receive(line.server.get());
    if (!bytes) return false;
    if (!line.holds_answer) return send_all(line.client.get(), *bytes);
    stop(line);
    return true;
  }

  bool is_held_back(Line& line, const std::string& message) {
    const std::lock_guard lock(mutex_);
    if (words_.empty() || !is_query(message, words_)) return false;
    words_.clear();
    line.holds_answer = what_ == HoldBack::Answer;
    return what_ == HoldBack::Statement;
  }

  void stop(Line& line) {
    const std::lock_guard lock(mutex_);
    stopped_ = &line;
    changed_.notify_all();
  }

  const TemporaryFolder folder_;
  const std::string server_;
  const Socket listener_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::string words_;
  HoldBack what_ = HoldBack::Statement;
  Line* stopped_ = nullptr;
  std::list<Line> lines_;  // the accepting thread's, until that has ended
  std::thread accepting_;
};

StatementProxy::StatementProxy(const std::string& server)
    : relay_(std::make_unique<Relay>(server)) {}

StatementProxy::~StatementProxy() = default;

const std::string& StatementProxy::folder() const { return relay_->folder(); }

void StatementProxy::stop_at(const std::string& words, HoldBack what) {
  relay_->stop_at(words, what);
}

bool StatementProxy::wait_until_stopped() { return relay_->wait_until_stopped(); }

void StatementProxy::cut() { relay_->cut(); }

}  // namespace revise::testing
