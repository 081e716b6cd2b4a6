/// What the departure rules need to know of a case's input, found by brute force.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tests/conformance/departures.hpp"

namespace revise::conformance {

/// `[label@]name` of a text.
struct Words {
  std::string label;
  std::string name;
};
Words words_of(const std::string& text);

/// The form `[label@][symbol]+N`, of the whole text or of its beginning.
enum class RelativeForm { None, Whole, Beginning };
RelativeForm relative_form(const std::string& text);

/// The texts of `input[key]`; none when it is absent.
std::vector<std::string> texts_at(const Json& input, const char* key);

/// Downgrades, and iterations that select as they do.
bool is_downward(const Json& input);

/// The target that a relative form would be read in; empty: none.
std::string grammar_text(const Json& input);

/// The end that a downward selection leaves in place; empty: none.
std::string downward_target(const Json& input);

/// What `symbol` names; nothing where it fails or counts.
std::optional<IdSet> named_by(const Oracle& oracle, const std::string& symbol);

/// The revisions that the rows name; nothing where one names none.
std::optional<IdSet> row_revisions(const Judged& judged);

bool is_error(const Judged& judged);
bool expects_error(const Judged& judged);
std::string message_of(const Judged& judged);

/// Why the answer is no error of that class (empty: of any); empty: it is.
std::string no_error_fault(const Judged& judged, const std::string& kind = {});

/// Why the answer is no plan with the steps expected, in topological order, the rows
/// of which are after each step the maximal ones of what is applied.
std::string plan_fault(const Judged& judged);

/// The rows left by `statements`; nothing when one meets no row or one that is there.
std::optional<IdSet> apply_statements(IdSet rows, const Json& statements);

}  // namespace revise::conformance
