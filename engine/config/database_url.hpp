/// Which database: the URL, and where it came from.
///
/// What the URL means is engine/driver/url's business.

#pragma once

#include <optional>
#include <string>

#include "engine/config/config.hpp"

namespace revise::config {

/// What the command line says about the URL.
struct UrlChoice {
  std::string url = {};       ///< --url
  std::string url_file = {};  ///< --url-file; "-": standard input
};

struct DatabaseUrl {
  std::string url;     ///< with its password: never to be printed
  std::string source;  ///< "--url-file db.url", "alembic.ini:12 [alembic]", ...
};

/// The first of: --url-file, --url, REVISE_DATABASE_URL_<SECTION>, REVISE_DATABASE_URL
/// (default section only), the ini's sqlalchemy.url with each `${NAME}` filled in from
/// the environment, or else from the file that `env_file` names.
/// Throws UsageError on a password in --url; ConfigError on an unset variable, and
/// where there is no URL or it is still Alembic's example: then with notes that quote
/// the lines of an env.py in `script_location` that seem to set what is missing.
DatabaseUrl choose_database_url(const Sources& sources, const UrlChoice& choice,
                                const std::string& script_location);

/// The value of sqlalchemy.url in the section of `sources`, `${NAME}` filled in;
/// nothing when it has none. Throws ConfigError on an unset variable.
std::optional<std::string> url_in_files(const Sources& sources);

}  // namespace revise::config
