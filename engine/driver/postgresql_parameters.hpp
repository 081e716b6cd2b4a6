/// What libpq is to be told to open a URL: its keywords, in the order that matters.
///
/// What they do is libpq's business, with its environment, service and password files.

#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/driver/connect.hpp"

namespace revise::driver {

/// A keyword of libpq and its value, not quoted.
using LibpqParameters = std::vector<std::pair<std::string, std::string>>;

/// For dialect postgresql: what the URL says, the password included, and the query in
/// its order. Keys of Python's drivers are translated where libpq has the like, else
/// left out; any other stands as it is written.
/// https://www.postgresql.org/docs/15/libpq-connect.html#LIBPQ-PARAMKEYWORDS
LibpqParameters libpq_parameters(const Url& url);

/// The same for a connection: between what the engine wants by default and what it
/// insists on.
LibpqParameters connection_parameters(const Url& url, const ConnectOptions& options);

}  // namespace revise::driver
