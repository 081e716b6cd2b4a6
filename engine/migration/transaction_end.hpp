/// Finds what would end the run's transaction, or talk to the client, before it is
/// sent.
///
/// What it cannot see (it reads words, not grammar) is noticed after it ran, which is
/// the business of online_sink.

#pragma once

#include <string>
#include <string_view>

namespace revise::migration {

/// The first of the statements in `sql` that ends a transaction: COMMIT, END, ABORT,
/// PREPARE TRANSACTION, ROLLBACK but to a savepoint. Empty: none does. Points into
/// `sql`. Linear; where no such word stands in `sql`, no more than a search for it.
std::string_view find_transaction_end(std::string_view sql, std::string_view dialect);

/// Throws DatabaseError: the unit `verb` ("would end", "ended") the run's transaction.
[[noreturn]] void refuse_transaction_end(const std::string& verb,
                                         const std::string& statement);

/// The first COPY in `sql`, of PostgreSQL, that reads from the client or writes to it.
/// Empty: there is none. Points into `sql`.
std::string_view find_client_copy(std::string_view sql);

}  // namespace revise::migration
