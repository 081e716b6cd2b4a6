/// SQLite, through its C API.
///
/// The file is opened by SQLite alone: closing any other descriptor of it would drop
/// every lock of this process (https://sqlite.org/howtocorrupt.html, 2.2).

#pragma once

#include <memory>

#include "engine/driver/connect.hpp"

namespace revise::driver {

/// Opens `url`, whose dialect is "sqlite". Throws DatabaseError on a library older than
/// 3.35, and on a file that cannot be opened or is no database.
std::unique_ptr<Connection> connect_sqlite(const Url& url,
                                           const ConnectOptions& options);

}  // namespace revise::driver
