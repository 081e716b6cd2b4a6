#include "engine/output/graph_formats.hpp"

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/graphviz.hpp>
#include <sstream>

#include "engine/core/text.hpp"
#include "engine/graph/order.hpp"
#include "engine/output/drawing.hpp"

namespace revise::output {

namespace {

using graph::Edges;

struct Node {
  std::string id;
  std::string text;
  bool is_current = false;
};

enum class EdgeKind { Parent, Dependency };

struct Edge {
  EdgeKind kind = EdgeKind::Parent;
};

using Picture =
    boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS, Node, Edge>;

std::string first_line(const std::string& text) {
  return text.substr(0, text.find('\n'));
}

// Edges lead from a revision to what stands on it: that is the way they run.
Picture picture_of(const graph::RevisionMap& map,
                   const script::ScriptDirectory& scripts, const CurrentIds& current) {
  Picture picture;
  for (const auto& revision : map.revisions()) {
    const auto& id = revision.revision;
    const auto& script = scripts.at(id);
    std::string text = render_line(
        map, script, {.labels = Labels::Shown, .places = Places::Heads}, current);
    if (!script.doc.empty()) text += "\n" + first_line(script.doc);
    boost::add_vertex(Node{id, text, current.contains(id)}, picture);
  }
  for (graph::Vertex to = 0; to < map.size(); ++to) {
    const auto down = map.parents(map.id(to), Edges::Versioned);
    for (const auto& from : map.parents(map.id(to), Edges::All)) {
      const bool is_parent = std::find(down.begin(), down.end(), from) != down.end();
      boost::add_edge(*map.find_vertex(from), to,
                      Edge{is_parent ? EdgeKind::Parent : EdgeKind::Dependency},
                      picture);
    }
  }
  return picture;
}

// Quoted, and so that Graphviz reads no escape of its own in it but the line's end.
std::string dot_text(const std::string& text) {
  return boost::escape_dot_string(
      replace_all(replace_all(text, "\\", "\\\\"), "\n", "\\n"));
}

// Mermaid takes entities for what would end a text or be read as markup.
std::string mermaid_text(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '"':
        escaped += "#quot;";
        break;
      case '#':
        escaped += "#35;";
        break;
      case '<':
        escaped += "#lt;";
        break;
      case '>':
        escaped += "#gt;";
        break;
      case '&':
        escaped += "#amp;";
        break;
      case '\n':
        escaped += "<br>";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

}  // namespace

std::string render_graph_text(const graph::RevisionMap& map,
                              const script::ScriptDirectory& scripts,
                              const CurrentIds& current) {
  std::vector<DrawnNode> nodes;
  for (const auto& id : graph::newest_first(map)) {
    const auto& script = scripts.at(id);
    std::string text = render_line(
        map, script, {.labels = Labels::Shown, .places = Places::Heads}, current);
    const auto& depends_on = script.revision.depends_on;
    if (!depends_on.empty()) text += " (depends on " + join(depends_on, ", ") + ")";
    if (!script.doc.empty()) text += " " + first_line(script.doc);
    nodes.push_back({id, map.parents(id, Edges::Versioned), text});
  }
  return draw(nodes);
}

std::string render_graph_dot(const graph::RevisionMap& map,
                             const script::ScriptDirectory& scripts,
                             const CurrentIds& current) {
  const auto picture = picture_of(map, scripts, current);
  std::ostringstream out;
  boost::write_graphviz(
      out, picture,
      [&](std::ostream& stream, auto vertex) {
        const auto& node = picture[vertex];
        stream << "[label=" << dot_text(node.text)
               << (node.is_current ? ", style=bold]" : "]");
      },
      [&](std::ostream& stream, auto edge) {
        if (picture[edge].kind == EdgeKind::Dependency) stream << "[style=dashed]";
      },
      [](std::ostream& stream) {
        stream << "rankdir=BT;\nnode [shape=box, fontname=\"monospace\"];\n";
      },
      boost::get(&Node::id, picture));
  return out.str();
}

std::string render_graph_mermaid(const graph::RevisionMap& map,
                                 const script::ScriptDirectory& scripts,
                                 const CurrentIds& current) {
  const auto picture = picture_of(map, scripts, current);
  std::string text = "flowchart BT\n";
  for (std::size_t i = 0; i < boost::num_vertices(picture); ++i) {
    text += "  r" + std::to_string(i) + "[\"" + mermaid_text(picture[i].text) + "\"]\n";
    if (picture[i].is_current)
      text += "  style r" + std::to_string(i) + " stroke-width:4px\n";
  }
  for (auto [edge, end] = boost::edges(picture); edge != end; ++edge) {
    const auto line = picture[*edge].kind == EdgeKind::Parent ? " --> " : " -.-> ";
    text += "  r" + std::to_string(boost::source(*edge, picture)) + line + "r" +
            std::to_string(boost::target(*edge, picture)) + "\n";
  }
  return text;
}

}  // namespace revise::output
