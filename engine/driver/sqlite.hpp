/// SQLite, through its C API.
///
/// The file is opened by SQLite alone: closing any other descriptor of it would drop
/// every lock of this process (https://sqlite.org/howtocorrupt.html, 2.2).

#pragma once

#include "engine/driver/connect.hpp"

extern "C" {

/// Opens `url`, whose dialect is "sqlite"; the caller owns what is returned. Throws
/// DatabaseError on a library older than 3.35, and on a file that cannot be opened or
/// is no database. C linkage gives it a name that a linker can be asked for.
revise::driver::Connection* revise_connect_sqlite(
    const revise::driver::Url& url, const revise::driver::ConnectOptions& options);
}
