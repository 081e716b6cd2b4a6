/// Keeps passwords out of what is printed, for text that may hold a database's URL.
///
/// What a URL means is engine/driver/url's business; here nothing need parse.

#pragma once

#include <string>
#include <string_view>

namespace revise {

/// `text` with each URL's password, and each secret in a query, made "***". Errs on
/// the side of hiding too much where the text is no proper URL.
std::string redact_url(std::string_view text);

/// The same of a text that is meant to be nothing but a URL, or libpq's own form,
/// "host=h password=p".
std::string redact_connection(std::string_view text);

/// Whether `url` carries a password, in whichever of these forms.
bool has_password(std::string_view url);

/// Whether a parameter of that name holds a secret: password, sslpassword, ...
bool is_secret_name(std::string_view name);

}  // namespace revise
