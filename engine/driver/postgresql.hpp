/// PostgreSQL, through libpqxx, and libpq where that cannot give what is asked.
///
/// This driver is linked directly, or built as the module librevise_postgresql.so that
/// connect() loads. Of the engine a module uses nothing but what is exported for it.

#pragma once

#include "engine/driver/connect.hpp"

extern "C" {

/// Opens `url`, whose dialect is "postgresql"; the caller owns what is returned. Throws
/// DatabaseError on a server that cannot be reached or refuses. Found by this name in
/// the module, hence C linkage.
__attribute__((visibility("default"))) revise::driver::Connection*
revise_connect_postgresql(const revise::driver::Url& url,
                          const revise::driver::ConnectOptions& options);
}
