#include "engine/graph/messages.hpp"

#include "engine/core/text.hpp"

namespace revise::graph {

namespace {

using Kind = RevisionErrorKind;

std::string where(const Revision& revision) {
  return revision.origin.empty() ? std::string{} : " (" + revision.origin + ")";
}

RevisionError plain(std::string message) {
  return RevisionError(Kind::Revision, std::move(message));
}

// Notes where the revision at fault stands: Alembic's own text has no room for it.
RevisionError located(RevisionError error, const Revision& revision) {
  if (!revision.origin.empty()) error.add_note("in " + revision.origin);
  return error;
}

const char* kind_text(Kind kind) {
  switch (kind) {
    case Kind::DependencyCycle:
      return "Dependency cycle";
    case Kind::Loop:
      return "Self-loop";
    case Kind::DependencyLoop:
      return "Dependency self-loop";
    default:
      return "Cycle";
  }
}

std::string unsigned_count(std::string_view offset) {
  const auto first = offset.find_first_not_of("+-0");
  return first == std::string_view::npos ? "0" : std::string(offset.substr(first));
}

}  // namespace

RevisionError cycle(const Ids& ids, Kind kind) {
  return RevisionError(kind,
                       std::string(kind_text(kind)) + " is detected in revisions (" +
                           join(ids, ", ") + ")",
                       {}, ids);
}

RevisionError self_loop(const Revision& revision) {
  return located(cycle({revision.revision}, Kind::Loop), revision);
}

RevisionError dependency_self_loop(const Revision& revision) {
  return located(cycle({revision.revision}, Kind::DependencyLoop), revision);
}

RevisionError illegal_characters(const Revision& revision, std::string_view illegal) {
  std::vector<std::string> each;
  for (const char character : illegal) each.emplace_back(1, character);
  return located(
      plain("Character(s) '" + join(each, ", ") +
            "' not allowed in revision identifier '" + revision.revision + "'"),
      revision);
}

RevisionError empty_id(const Revision& revision) {
  return plain("a revision has an empty identifier" + where(revision));
}

RevisionError repeated_id(const Revision& first, const Revision& second) {
  auto error = plain("Revision " + second.revision + " is present more than once");
  for (const Revision* each : {&first, &second}) {
    if (!each->origin.empty()) error.add_note("in " + each->origin);
  }
  return error;
}

RevisionError repeated_label(const std::string& label, const Revision& revision,
                             const Revision& user) {
  auto error =
      located(plain("Branch name '" + label + "' in revision " + revision.revision +
                    " already used by revision " + user.revision),
              revision);
  return &user == &revision ? error : located(std::move(error), user);
}

RevisionError absent_reference(const Revision& revision, const std::string& reference) {
  return RevisionError(Kind::Revision,
                       "revision '" + revision.revision + "'" + where(revision) +
                           " refers to '" + reference + "', which is not present",
                       reference);
}

RevisionError no_such_revision(const std::string& name) {
  const char* const hint =
      name.size() < 4 ? "; please ensure at least four characters are present for "
                        "partial revision identifier matches"
                      : "";
  return RevisionError(Kind::Resolution,
                       "No such revision or branch '" + name + "'" + hint, name);
}

RevisionError several_start_with(const std::string& name, const Ids& candidates) {
  std::vector<std::string> shown;
  for (std::size_t i = 0; i < candidates.size() && i < 3; ++i) {
    shown.push_back(quoted(candidates[i]));
  }
  RevisionError error(
      Kind::Resolution,
      "Multiple revisions start with '" + name + "': " + join(shown, ", ") + "...",
      name);
  error.add_note("it could be: " + join(candidates, ", "));
  return error;
}

RevisionError no_such_branch(const std::string& label) {
  return RevisionError(Kind::Resolution, "No such branch: '" + label + "'", label);
}

RevisionError not_on_branch(const RevisionId& id, const std::string& label,
                            const std::string& name) {
  return RevisionError(Kind::Resolution,
                       "Revision " + id + " is not a member of branch '" + label + "'",
                       name);
}

RevisionError multiple_heads(const std::string& argument, const Ids& heads) {
  return RevisionError(Kind::MultipleHeads,
                       "Multiple heads are present for given argument '" + argument +
                           "'; " + join(heads, ", "),
                       argument, heads);
}

RevisionError not_an_ancestor(const std::string& lower, const std::string& upper) {
  return RevisionError(Kind::RangeNotAncestor,
                       "Revision " + lower + " is not an ancestor of revision " + upper,
                       lower, {upper});
}

RevisionError overlaps(const RevisionId& id, const Ids& others) {
  return RevisionError(Kind::Revision,
                       "Requested revision " + id +
                           " overlaps with other requested revisions " +
                           join(others, ", "),
                       id);
}

RevisionError relative_too_far(std::string_view offset) {
  return RevisionError(Kind::Revision,
                       "Relative revision " + std::string(offset) + " didn't produce " +
                           unsigned_count(offset) + " migrations",
                       std::string(offset));
}

RevisionError walked_too_far() { return plain("Walked too far"); }

RevisionError ambiguous_walk(const Ids& candidates) {
  auto error = plain("Ambiguous walk");
  error.add_note("it could go on to: " + join(candidates, ", "));
  return error;
}

RevisionError ambiguous_upgrade(const Ids& rows) {
  auto error = plain("Ambiguous upgrade from multiple current revisions");
  error.add_note("the database is at: " + join(rows, ", "));
  return error;
}

RevisionError ambiguous_downgrade(const Relative& target, const Ids& rows) {
  auto error =
      RevisionError(Kind::Revision,
                    "Ambiguous downgrade from multiple current revisions", target.text);
  for (const auto& row : rows)
    error.add_note("say which: " + row + "@" + target.offset);
  return error;
}

RevisionError ambiguous_branch_tip(const Relative& target, const Ids& tips) {
  if (tips.empty()) {
    return RevisionError(Kind::Revision,
                         "no current revision is on branch '" + target.label + "'",
                         target.text);
  }
  auto error =
      RevisionError(Kind::Revision,
                    "Ambiguous downgrade from multiple current revisions", target.text);
  for (const auto& tip : tips)
    error.add_note("say which: " + tip + "@" + target.offset);
  return error;
}

RevisionError no_branch_to_drop() {
  return plain("Not a valid downgrade target from current heads");
}

RevisionError no_label_to_filter(const RevisionId& id, std::size_t labels) {
  return RevisionError(
      Kind::Revision,
      "revision '" + id + "' names no branch; it carries " +
          (labels == 0 ? "no branch label" : "several branch labels, name one of them"),
      id);
}

RevisionError nothing_named(std::string_view text) {
  return RevisionError(Kind::Resolution,
                       text.empty() ? "an empty text names no revision; for "
                                      "nothing at all there is 'base'"
                                    : quoted(text) + " names no revision",
                       std::string(text));
}

RevisionError no_such_range() {
  return RevisionError(Kind::Command,
                       "History range requires [start]:[end], [start]:, or :[end]");
}

RevisionError stamp_overlap(const RevisionId& upper, const RevisionId& lower) {
  return RevisionError(Kind::Revision,
                       "revision '" + upper + "' contains revision '" + lower +
                           "'; stamp '" + upper + "' alone",
                       upper);
}

RevisionError stamp_base_and_more() {
  return RevisionError(Kind::Revision,
                       "'base' stands for no revision at all and cannot be stamped "
                       "together with others",
                       "base");
}

RevisionError step_out_of_turn(const RevisionId& id, const std::string& why) {
  return RevisionError(Kind::Revision,
                       "revision '" + id + "' cannot be the next step: " + why, id);
}

RevisionError row_not_met(const std::string& row, std::string_view why) {
  return RevisionError(Kind::Revision, "version row '" + row + "' " + std::string(why),
                       row);
}

}  // namespace revise::graph
