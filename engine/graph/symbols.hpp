/// Symbols looked up in a map: the part of resolve.hpp that works on places.
///
/// Follows _resolve_revision_number, _revision_for_ident, filter_for_lineage and
/// _walk of Alembic's script/revision.py 1.19. For this layer's sources alone.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/graph/messages.hpp"
#include "engine/graph/revision_map.hpp"
#include "engine/graph/target.hpp"
#include "engine/graph/topology.hpp"

namespace revise::graph {

/// A revision, or nothing for base.
using Place = std::optional<Vertex>;

/// The revision that `name` names, by id, by label or by how either begins; of the
/// branch `label` if not empty.
Vertex find_named(const RevisionMap& map, const std::string& name,
                  const std::string& label = {});

/// What `symbol` names, none for base. Words are looked up, ids are not yet.
std::vector<std::string> names_of(const RevisionMap& map, const Symbol& symbol);

Place place_of(const RevisionMap& map, const Symbol& symbol);
std::vector<Place> places_of(const RevisionMap& map, const Symbol& symbol);
std::vector<Place> places_of(const RevisionMap& map, const Symbols& symbols);
/// A Relative is taken as a Symbol of the same text.
std::vector<Place> places_of(const RevisionMap& map, const Target& target);

/// The revisions among `places`.
std::vector<Vertex> revisions_of(const std::vector<Place>& places);

/// Those of `vertices` on a line with what `symbol` or its label names.
std::vector<Vertex> on_line(const RevisionMap& map, const std::vector<Vertex>& vertices,
                            const Symbol& symbol, Edges edges);

/// The only head by down_revision, on a line with `label` if not empty.
Place head_of(const RevisionMap& map, const std::string& label);

/// What a walk does at the end of the graph.
enum class Overrun { Refuse, Stay };

/// `steps` up (positive) or down from `start`; `label` chooses where to go up.
/// Nothing when it ran over the end and that is refused.
/// Throws RevisionError where several ways lead on.
std::optional<Place> walk(const RevisionMap& map, Place start, long steps,
                          const std::string& label, Overrun overrun);

/// Where a walk `steps` down from each real head (that carries `label` if not empty)
/// ends, in load order; nothing where it ran over base.
std::vector<std::optional<Place>> down_from_heads(const RevisionMap& map, long steps,
                                                  const std::string& label);

}  // namespace revise::graph
