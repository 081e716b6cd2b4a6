#include "engine/driver/connection.hpp"

namespace revise::driver {

Connection::~Connection() = default;

}  // namespace revise::driver
