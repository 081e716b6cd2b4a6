/// Statements that set a PostgreSQL session as a run wants it, online and in scripts.
///
/// When they are due is the business of who sends or prints them.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/dialects/dialect.hpp"
#include "engine/migration/settings.hpp"
#include "engine/operations/timeouts.hpp"

namespace revise::migration {

/// How long what is set holds.
enum class Hold {
  Transaction,
  Session,
};

/// A statement each for what `wanted` sets; none for what is absent.
std::vector<std::string> set_statements(const dialects::Dialect& dialect,
                                        const SessionSettings& wanted, Hold hold);

/// A statement each for the time-outs that are given.
std::vector<std::string> set_statements(const operations::Timeouts& timeouts,
                                        Hold hold);

/// RESET for each of what set_statements() of a session sets.
std::vector<std::string> reset_statements(const SessionSettings& wanted);
std::vector<std::string> reset_statements(const operations::Timeouts& timeouts);

/// The time-outs of `timeouts` as they are without them: as `wanted` has them, else
/// what RESET gives.
std::vector<std::string> put_back_statements(const operations::Timeouts& timeouts,
                                             const SessionSettings& wanted);

/// Whether `sql` may declare something deferred.
bool may_defer(std::string_view sql);

/// Whether `sql` may change rows, by itself or by what it calls.
bool may_change_rows(std::string_view sql);

/// Makes deferred checks now, and defers them again: pending ones forbid the next
/// ALTER.
extern const std::string_view kCheckDeferred;
extern const std::string_view kDeferAgain;

}  // namespace revise::migration
