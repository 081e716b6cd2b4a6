/// A history with operations of every kind, for runs that are cut off: what a database
/// looks like tells at which of its revisions it is.

#pragma once

#include <map>
#include <string>
#include <vector>

#include "tests/end_to_end/project.hpp"

namespace revise::testing {

/// Adds the units k01, k02, ... for PostgreSQL, and gives how many they are. A kind
/// that is missing is added as a row of the table in every_kind.cpp.
int add_every_kind(const Project& project);

/// Everything that the units touch, as text: tables with columns, rows and comments,
/// constraints, indexes and whether they are valid, types with their values.
std::string fingerprint(const std::string& url);

/// The id in the version table; empty: none, or no table.
std::string revision_of(const std::string& url);

/// The fingerprint at each revision, "" for base, of a database that `project` takes
/// step by step up to head and back to base. Units with a block outside the transaction
/// are looked at as well; in between them a database may look otherwise.
std::map<std::string, std::string> fingerprints(const Project& project,
                                                const std::string& url, int count);

/// How the database at `url` is at no revision, or at another than its version table
/// says; empty: it is at one, or in the middle of a unit with a block.
std::string off_revision(const std::string& url,
                         const std::map<std::string, std::string>& known);

}  // namespace revise::testing
