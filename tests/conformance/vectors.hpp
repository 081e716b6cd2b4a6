/// Graphs and cases as they stand in a folder of vectors.
///
/// What a case asks, and whether the answer is right, is not known here.

#pragma once

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "engine/graph/revision.hpp"

namespace revise::conformance {

using Json = nlohmann::json;

/// One graph, in load order.
struct GraphData {
  std::string name;
  std::vector<graph::Revision> revisions;
};

struct Case {
  std::string where;  ///< "cases/real.jsonl:797"
  Json input;         ///< with `graph` and `kind`, without `expect`
  Json expect;

  std::string kind() const { return input.at("kind"); }
};

/// The value of each line of `file`, with its number from 1.
std::vector<std::pair<int, Json>> read_lines(const std::filesystem::path& file);

/// All of `folder`/graphs, by name.
std::map<std::string, GraphData> read_graphs(const std::filesystem::path& folder);

/// All of `folder`/cases, by file name and line.
std::vector<Case> read_cases(const std::filesystem::path& folder);

/// A string or null of `value`, or a list of them, as texts; null is "base".
std::vector<std::string> texts_of(const Json& value);

}  // namespace revise::conformance
