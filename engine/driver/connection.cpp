#include "engine/driver/connection.hpp"

namespace revise::driver {

Connection::~Connection() = default;

std::optional<std::vector<std::string>> Connection::find_texts(std::string_view,
                                                               std::string_view) {
  return {};
}

}  // namespace revise::driver
