/// Finds what would end the run's transaction, before it is sent.
///
/// What it cannot see (it reads words, not grammar) is noticed after it ran, which is
/// the business of online_sink.

#pragma once

#include <string_view>

namespace revise::migration {

/// The first of the statements in `sql` that ends a transaction: COMMIT, END, ABORT,
/// PREPARE TRANSACTION, ROLLBACK but to a savepoint. Empty: none does. Points into
/// `sql`. Linear; where no such word stands in `sql`, no more than a search for it.
std::string_view find_transaction_end(std::string_view sql, std::string_view dialect);

}  // namespace revise::migration
