#include "tests/conformance/answer.hpp"

#include <algorithm>
#include <functional>

#include "engine/commands/revision_message.hpp"
#include "engine/graph/branches.hpp"
#include "engine/graph/order.hpp"
#include "engine/graph/plan.hpp"
#include "engine/graph/resolve.hpp"
#include "engine/graph/selection.hpp"

namespace revise::conformance {

namespace {

using namespace revise::graph;
using commands::RevisionRequest;
using commands::RevisionUse;

// Map and case; `request` is what the command would be called with.
struct Asked {
  const RevisionMap& map;
  const Json& input;
  RevisionRequest& request;
};

Json sorted(std::vector<std::string> texts) {
  std::sort(texts.begin(), texts.end());
  return texts;
}

Rows rows_of(const Json& input) {
  const auto current = input.find("current");
  if (current == input.end() || current->is_null()) return {};
  return texts_of(*current);
}

Target target_of(const Json& value) {
  if (value.is_array()) return parse_symbols(texts_of(value));
  return parse_target(texts_of(value).front());
}

Json resolved(const std::vector<Resolved>& places) {
  Json ids = Json::array();
  for (const auto& place : places) ids.push_back(place.value_or("base"));
  return ids;
}

std::string statement(const RowChange& change) {
  switch (change.kind) {
    case RowChange::Kind::Insert:
      return "+" + change.to;
    case RowChange::Kind::Delete:
      return "-" + change.from;
    case RowChange::Kind::Update:
      return change.from + ">" + change.to;
  }
  return {};
}

Json statements(const Plan& plan) {
  Json rows = Json::array();
  for (const Step& step : plan.steps) {
    Json each = Json::array();
    for (const auto& change : step.changes) each.push_back(statement(change));
    rows.push_back(std::move(each));
  }
  return rows;
}

Json plan_json(const Plan& plan) {
  Json steps = Json::array();
  for (const Step& step : plan.steps) steps.push_back(step.revision);
  return {
      {"steps",       steps             },
      {"rows",        statements(plan)  },
      {"heads_after", sorted(plan.after)}
  };
}

Json load(const Asked& asked) {
  const RevisionMap& map = asked.map;
  Json branch_points = Json::array();
  Json merge_points = Json::array();
  Json labels = Json::object();
  Json normalized = Json::object();
  for (const Revision& revision : map.revisions()) {
    const auto& id = revision.revision;
    if (map.is_branch_point(id)) branch_points.push_back(id);
    if (map.is_merge_point(id)) merge_points.push_back(id);
    if (!map.labels(id).empty()) labels[id] = map.labels(id);
    if (!revision.depends_on.empty()) normalized[id] = map.parents(id, Edges::All);
  }
  return {
      {"heads",           map.heads(Edges::Versioned)},
      {"real_heads",      map.heads(Edges::All)      },
      {"bases",           map.bases(Edges::Versioned)},
      {"real_bases",      map.bases(Edges::All)      },
      {"branch_points",   branch_points              },
      {"merge_points",    merge_points               },
      {"labels",          labels                     },
      {"normalized_down", normalized                 }
  };
}

Json walk_all(const Asked& asked) {
  return {
      {"ids", newest_first(asked.map)}
  };
}

Json branches(const Asked& asked) {
  Json found = Json::array();
  for (const auto& id : newest_first(asked.map)) {
    if (!asked.map.is_branch_point(id)) continue;
    found.push_back({
        {"id",                          id                },
        { "children", sorted(asked.map.children(id, Edges::Versioned))}
    });
  }
  return {
      {"branches", found}
  };
}

Json get_revision(const Asked& asked) {
  const auto id =
      resolve_one(asked.map, parse_symbol(texts_of(asked.input.at("symbol")).front()));
  return {
      {"id", id ? Json(*id) : Json()}
  };
}

Json get_revisions(const Asked& asked) {
  const Json& symbol = asked.input.at("symbol");
  if (symbol.is_array()) {
    return {
        {"ids", resolved(resolve_all(asked.map, parse_symbols(texts_of(symbol))))}
    };
  }
  return {
      {"ids",
       resolved(resolve_all(asked.map, parse_symbol(texts_of(symbol).front())))}
  };
}

Json current_head(const Asked& asked) {
  asked.request.use = RevisionUse::CurrentHead;
  const auto label = asked.input.find("label");
  const auto id = resolve_head(asked.map, label == asked.input.end() || label->is_null()
                                              ? ""
                                              : label->get<std::string>());
  return {
      {"id", id ? Json(*id) : Json()}
  };
}

Json base_revisions(const Asked& asked) {
  const auto symbol = texts_of(asked.input.at("symbol")).front();
  return {
      {"ids", resolve_bases(asked.map, parse_symbol(symbol))}
  };
}

Json lineage(const Asked& asked) {
  const auto edges =
      asked.input.value("include_dependencies", false) ? Edges::All : Edges::Versioned;
  const auto against = texts_of(asked.input.at("against")).front();
  return {
      {"ids", filter_lineage(asked.map, texts_of(asked.input.at("targets")),
       parse_symbol(against), edges)}
  };
}

Json all_current(const Asked& asked) {
  return {
      {"ids", sorted(resolve_current(asked.map, rows_of(asked.input)))}
  };
}

Json history(const Asked& asked) {
  asked.request.use = RevisionUse::History;
  const Range range = parse_range(asked.input.at("range").get<std::string>());
  const Rows rows = rows_of(asked.input);
  const auto end_of = [&](const std::string& text) {
    return text == "current" ? RangeEnd(rows) : RangeEnd(text);
  };
  // One end alone can be the rows, as in Alembic.
  const RangeEnd start = range.end == "current" ? range.start : end_of(range.start);
  const auto spelled = [&](const std::string& text, const char* word) {
    if (text == "current" && !rows.empty()) return spelling(parse_symbols(rows));
    return text.empty() || text == "current" ? std::string(word) : text;
  };
  asked.request.start = spelled(range.start, "base");
  asked.request.target = spelled(range.end, "heads");
  const auto selection = resolve_history(asked.map, start, end_of(range.end));
  return {
      {"ids", newest_first(asked.map, selection)}
  };
}

Json iterate(const Asked& asked) {
  const Json& input = asked.input;
  SelectionOptions options;
  if (input.value("inclusive", false)) options.ends = Ends::Inclusive;
  if (input.value("implicit_base", false)) options.scope = Scope::Everything;
  if (!input.value("assert_relative_length", true)) options.overrun = Overrun::Stay;
  const auto select =
      input.value("select_for_downgrade", false) ? select_downward : select_upward;
  const auto selection = select(asked.map, target_of(input.at("upper")),
                                target_of(input.at("lower")), options);
  return {
      {"ids", newest_first(asked.map, selection)}
  };
}

Json upgrade(const Asked& asked) {
  const auto target = target_of(asked.input.at("target"));
  asked.request = {RevisionUse::Upgrade, spelling(target)};
  const auto rows = rows_of(asked.input);
  return plan_json(
      plan_upgrade(asked.map, rows, resolve_upgrade(asked.map, rows, target)));
}

Json downgrade(const Asked& asked) {
  const auto target = target_of(asked.input.at("target"));
  asked.request = {RevisionUse::Downgrade, spelling(target)};
  const auto rows = rows_of(asked.input);
  return plan_json(
      plan_downgrade(asked.map, rows, resolve_downgrade(asked.map, rows, target)));
}

Json stamp(const Asked& asked) {
  asked.request.use = RevisionUse::Stamp;
  const auto rows = rows_of(asked.input);
  const auto symbols = parse_symbols(texts_of(asked.input.at("target")));
  const auto plan =
      plan_stamp(asked.map, rows, resolve_stamp(asked.map, rows, symbols));
  Json steps = Json::array();
  for (const Step& step : plan.steps) {
    steps.push_back({
        {"from",        step.from                           },
        {"to",          step.to                             },
        {"is_upgrade",  step.direction == Direction::Upgrade},
        {"branch_move", step.from.empty() || step.to.empty()}
    });
  }
  Json result = plan_json(plan);
  result["steps"] = steps;
  return result;
}

Json steps(const Asked& asked) {
  std::vector<Step> chosen;
  for (const auto& text : texts_of(asked.input.at("steps"))) {
    chosen.push_back(
        {.direction = text.front() == '+' ? Direction::Upgrade : Direction::Downgrade,
         .revision = text.substr(1)});
  }
  const auto plan = plan_steps(asked.map, rows_of(asked.input), chosen);
  return {
      {"rows",        statements(plan)  },
      {"heads_after", sorted(plan.after)}
  };
}

Json add_revision(const GraphData& data, const Json& input) {
  Json after = Json::array();
  const auto& all = data.revisions;
  for (std::size_t count = input.at("loaded").get<std::size_t>() + 1;
       count <= all.size(); ++count) {
    const RevisionMap map(
        {all.begin(), all.begin() + static_cast<std::ptrdiff_t>(count)});
    after.push_back({
        {"heads", map.heads(Edges::Versioned)},
        {"bases", map.bases(Edges::Versioned)}
    });
  }
  return {
      {"after", after}
  };
}

Json ask(const GraphData& data, const Json& input, RevisionRequest& request) {
  const std::string kind = input.at("kind");
  if (kind == "add_revision") return add_revision(data, input);
  const std::map<std::string, std::function<Json(const Asked&)>> table = {
      {"load",           load          },
      {"walk",           walk_all      },
      {"branches",       branches      },
      {"get_revision",   get_revision  },
      {"get_revisions",  get_revisions },
      {"current_head",   current_head  },
      {"base_revisions", base_revisions},
      {"lineage",        lineage       },
      {"all_current",    all_current   },
      {"history",        history       },
      {"iterate",        iterate       },
      {"upgrade",        upgrade       },
      {"downgrade",      downgrade     },
      {"stamp",          stamp         },
      {"steps",          steps         },
  };
  const auto row = table.find(kind);
  if (row == table.end()) throw std::runtime_error("unknown kind of case: " + kind);
  const RevisionMap map(data.revisions);
  return row->second({map, input, request});
}

}  // namespace

Json answer(const GraphData& data, const Case& asked) {
  RevisionRequest request;
  try {
    return ask(data, asked.input, request);
  } catch (const RevisionError& error) {
    return {
        {"error",
         {{"class", name_of(error.kind())},
          {"message", error.what()},
          {"command_message", commands::revision_message(error, request)}}}
    };
  }
}

}  // namespace revise::conformance
