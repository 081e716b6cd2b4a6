/// A graph of the command line goldens, and the project that is made of it.

#pragma once

#include <map>
#include <string>
#include <vector>

namespace revise::conformance {

struct CliRevision {
  std::string id;
  std::vector<std::string> down;
  std::vector<std::string> depends_on;  ///< ids or labels
  std::vector<std::string> labels;
  std::string longdoc;  ///< Alembic's whole docstring
  std::string file;     ///< below the version location, ends in .py
};

struct CliGraph {
  std::string name;
  std::vector<CliRevision> revisions;
};

/// Those in `folder`/cli/graphs.jsonl, by name. Throws std::runtime_error.
std::map<std::string, CliGraph> read_cli_graphs(const std::string& folder);

/// `name`.py as the unit that stands for it.
std::string unit_file_of(const std::string& file);

/// Writes an ini and a unit with empty functions for each revision below `folder`.
void write_project(const CliGraph& graph, const std::string& folder);

}  // namespace revise::conformance
