#include "engine/commands/revision_message.hpp"

namespace revise::commands {

namespace {

// "<branchname>@head" of "head" as of "lib@head": a branch is to be named anew.
std::string without_label(const std::string& target) {
  return target.substr(target.rfind('@') + 1);
}

std::string several_heads(const RevisionError& error, const RevisionRequest& request) {
  switch (request.use) {
    case RevisionUse::NewRevision:
      return "Multiple heads are present; please specify the head revision on which "
             "the new revision should be based, or perform a merge.";
    case RevisionUse::Stamp:
      return "Multiple heads are present; please specify a single target revision";
    case RevisionUse::CurrentHead:
      return "The script directory has multiple heads (due to branching).Please use "
             "get_heads(), or merge the branches using alembic merge.";
    default:
      break;
  }
  const std::string& argument =
      request.target.empty() ? error.argument() : request.target;
  return "Multiple head revisions are present for given argument '" + argument +
         "'; please specify a specific target revision, '<branchname>@" +
         without_label(argument) +
         "' to narrow to a specific head, or 'heads' for all heads";
}

std::string not_an_ancestor(const RevisionError& error,
                            const RevisionRequest& request) {
  const auto invalid = [&](const char* command) {
    return "Destination " + request.target + " is not a valid " + command +
           " target from current head(s)";
  };
  if (request.use == RevisionUse::Upgrade) return invalid("upgrade");
  if (request.use == RevisionUse::Downgrade) return invalid("downgrade");
  const std::string& start = request.start.empty() ? error.argument() : request.start;
  const std::string& end =
      request.target.empty() ? error.heads().front() : request.target;
  return "Requested range " + start + ":" + end +
         " does not refer to ancestor/descendant revisions along the same branch";
}

}  // namespace

std::string revision_message(const RevisionError& error,
                             const RevisionRequest& request) {
  switch (error.kind()) {
    case RevisionErrorKind::MultipleHeads:
      return several_heads(error, request);
    case RevisionErrorKind::RangeNotAncestor:
      return not_an_ancestor(error, request);
    case RevisionErrorKind::Resolution:
      return "Can't locate revision identified by '" + error.argument() + "'";
    case RevisionErrorKind::Revision:
    case RevisionErrorKind::Cycle:
    case RevisionErrorKind::DependencyCycle:
    case RevisionErrorKind::Loop:
    case RevisionErrorKind::DependencyLoop:
    case RevisionErrorKind::Command:
      break;
  }
  return error.what();
}

}  // namespace revise::commands
