#include "engine/driver/connection.hpp"

#include "engine/core/error.hpp"

namespace revise::driver {

Connection::~Connection() = default;

Result Connection::send_together(std::span<const std::string> texts) {
  Result last;
  for (std::size_t place = 0; place < texts.size(); ++place) {
    try {
      last = batch(texts[place]);
    } catch (const DatabaseError& error) {
      auto details = error.details();
      details.text = place;
      throw DatabaseError(error.what(), std::move(details));
    }
  }
  return last;
}

void Connection::copy_rows(std::string_view, std::span<const Row>) {
  throw UnsupportedError("this database has no COPY");
}

std::optional<std::vector<std::string>> Connection::find_texts(std::string_view,
                                                               std::string_view) {
  return {};
}

}  // namespace revise::driver
