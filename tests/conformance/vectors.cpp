#include "tests/conformance/vectors.hpp"

#include <algorithm>
#include <fstream>
#include <stdexcept>

namespace revise::conformance {

namespace fs = std::filesystem;

namespace {

std::vector<fs::path> files_in(const fs::path& folder, const std::string& extension) {
  std::vector<fs::path> files;
  if (!fs::is_directory(folder)) return files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == extension) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

GraphData graph_of(const Json& value) {
  GraphData data;
  data.name = value.at("name");
  for (const Json& each : value.at("revisions")) {
    graph::Revision revision;
    revision.revision = each.at("id");
    revision.down_revisions = each.at("down").get<std::vector<std::string>>();
    revision.depends_on = each.at("depends_on").get<std::vector<std::string>>();
    revision.branch_labels = each.at("labels").get<std::vector<std::string>>();
    revision.origin = each.value("file", "");
    data.revisions.push_back(std::move(revision));
  }
  return data;
}

}  // namespace

std::vector<std::pair<int, Json>> read_lines(const fs::path& file) {
  std::ifstream in(file);
  if (!in) throw std::runtime_error("cannot read " + file.string());
  std::vector<std::pair<int, Json>> values;
  std::string line;
  for (int number = 1; std::getline(in, line); ++number) {
    if (!line.empty()) values.emplace_back(number, Json::parse(line));
  }
  return values;
}

std::map<std::string, GraphData> read_graphs(const fs::path& folder) {
  std::map<std::string, GraphData> graphs;
  const auto add = [&](const Json& value) {
    auto data = graph_of(value);
    const std::string name = data.name;
    if (!graphs.emplace(name, std::move(data)).second) {
      throw std::runtime_error("two graphs are named " + name);
    }
  };
  for (const auto& entry : {folder / "graphs", folder / "graphs" / "real"}) {
    for (const auto& file : files_in(entry, ".json")) {
      std::ifstream in(file);
      add(Json::parse(in));
    }
    for (const auto& file : files_in(entry, ".jsonl")) {
      for (const auto& line : read_lines(file)) add(line.second);
    }
  }
  return graphs;
}

std::vector<Case> read_cases(const fs::path& folder) {
  std::vector<Case> cases;
  for (const auto& file : files_in(folder / "cases", ".jsonl")) {
    for (auto& [number, value] : read_lines(file)) {
      Case each;
      each.where = "cases/" + file.filename().string() + ":" + std::to_string(number);
      each.expect = value.at("expect");
      value.erase("expect");
      each.input = std::move(value);
      cases.push_back(std::move(each));
    }
  }
  return cases;
}

std::vector<std::string> texts_of(const Json& value) {
  if (!value.is_array()) {
    return {value.is_null() ? "base" : value.get<std::string>()};
  }
  std::vector<std::string> texts;
  for (const Json& each : value) {
    texts.push_back(each.is_null() ? "base" : each.get<std::string>());
  }
  return texts;
}

}  // namespace revise::conformance
