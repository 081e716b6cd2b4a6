#include "tests/conformance/match.hpp"

#include <algorithm>
#include <set>

#include "tests/conformance/oracle.hpp"

namespace revise::conformance {

namespace {

std::string differs(const std::string& what, const Json& expected, const Json& given) {
  return what + ": expected " + expected.dump() + ", got " + given.dump();
}

std::string error_mismatch(const Json& expected, const Json& given) {
  if (expected.value("internal", false)) {
    return given.at("message").get<std::string>().empty() ? "an error without a text"
                                                          : "";
  }
  if (expected.at("class") != given.at("class")) {
    return differs("error", expected, given);
  }
  if (expected.value("message_varies", false)) return {};
  for (const char* const key : {"message", "command_message"}) {
    if (expected.contains(key) && expected.at(key) != given.at(key)) {
      return differs(key, expected.at(key), given.at(key));
    }
  }
  return {};
}

Json ordered(Json list) {
  std::sort(list.begin(), list.end());
  return list;
}

// Where order is free: the same ids, in topological order, and the same rows after.
std::string free_order_mismatch(const GraphData& data, const Case& asked,
                                const Json& given) {
  const Json& expected = asked.expect;
  const char* const key = expected.contains("ids")     ? "ids"
                          : expected.contains("steps") ? "steps"
                                                       : "branches";
  if (ordered(expected.at(key)) != ordered(given.at(key))) {
    return differs(std::string("set of ") + key, expected.at(key), given.at(key));
  }
  const Oracle oracle(data);
  const auto way =
      asked.kind() == "upgrade" ? Sorted::ParentsFirst : Sorted::ChildrenFirst;
  if (!oracle.is_topological(listed_ids(given.at(key)), way)) {
    return "not in topological order: " + given.at(key).dump();
  }
  if (expected.contains("heads_after") &&
      expected.at("heads_after") != given.at("heads_after")) {
    return differs("heads_after", expected.at("heads_after"), given.at("heads_after"));
  }
  return {};
}

// What of a step's statements stands fast when it is free which row is updated.
Json without_choice(const Json& statements) {
  std::set<std::string> moved;
  std::multiset<std::string> fixed;
  bool is_merge = false;
  for (const std::string each : statements) is_merge = is_merge || each[0] == '-';
  std::string kinds;
  for (const std::string each : statements) {
    const auto arrow = each.find('>');
    if (each[0] == '+' || each[0] == '-') {
      kinds += each[0];
      moved.insert(each.substr(1));
    } else {
      const std::string from = each.substr(0, arrow);
      const std::string to = each.substr(arrow + 1);
      moved.insert(is_merge ? from : to);
      fixed.insert(is_merge ? to : from);
    }
  }
  std::sort(kinds.begin(), kinds.end());
  return {kinds, moved, fixed};
}

std::string rows_mismatch(const Json& expect, const Json& given) {
  const Json& expected = expect.at("rows");
  if (expected.size() != given.size()) return differs("rows", expected, given);
  const Json free = expect.value("rows_free", Json::array());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    if (expected[i] == given[i]) continue;
    const bool is_free = std::find(free.begin(), free.end(), Json(i)) != free.end();
    if (is_free && without_choice(expected[i]) == without_choice(given[i])) continue;
    return differs("rows of step " + std::to_string(i), expected[i], given[i]);
  }
  return {};
}

std::string normalized_mismatch(const Json& expect, const Json& given) {
  Json expected = expect.at("normalized_down");
  Json found = given;
  for (const std::string id :
       expect.value("normalized_down_order_free", Json::array())) {
    expected[id] = ordered(expected[id]);
    found[id] = ordered(found[id]);
  }
  return expected == found ? "" : differs("normalized_down", expected, found);
}

}  // namespace

std::vector<std::string> listed_ids(const Json& list) {
  std::vector<std::string> ids;
  for (const Json& each : list) {
    ids.push_back(each.is_object() ? each.at("id").get<std::string>()
                                   : each.get<std::string>());
  }
  return ids;
}

std::string mismatch(const GraphData& data, const Case& asked, const Json& given) {
  const Json& expect = asked.expect;
  if (expect.contains("error") != given.contains("error")) {
    return differs("outcome", expect, given);
  }
  if (expect.contains("error")) {
    return error_mismatch(expect.at("error"), given.at("error"));
  }
  if (expect.contains("row_error")) return differs("row_error", expect, given);
  if (expect.contains("warnings") && !expect.value("warnings_vary", false)) {
    return "warnings: expected " + expect.at("warnings").dump() + ", got none";
  }
  if (expect.contains("order")) return free_order_mismatch(data, asked, given);
  const std::set<std::string> flags = {"rows_free", "normalized_down_order_free",
                                       "warnings", "warnings_vary"};
  for (const auto& [key, value] : expect.items()) {
    if (flags.contains(key)) continue;
    if (!given.contains(key)) return "the answer lacks " + key;
    std::string why;
    if (key == "rows") {
      why = rows_mismatch(expect, given.at(key));
    } else if (key == "normalized_down") {
      why = normalized_mismatch(expect, given.at(key));
    } else if (value != given.at(key)) {
      why = differs(key, value, given.at(key));
    }
    if (!why.empty()) return why;
  }
  return {};
}

}  // namespace revise::conformance
