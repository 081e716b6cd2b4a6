/// How revisions are listed for a person, in Alembic's two forms.
///
/// Which of them, in which order, is the graph's business; where the lines go is the
/// console's. The formats are those of Alembic's Script._head_only and
/// Script.log_entry (script/base.py, 1.19); names in a list are sorted.

#pragma once

#include <set>
#include <string>
#include <vector>

#include "engine/graph/revision_map.hpp"
#include "engine/script/script.hpp"

namespace revise::output {

/// Ids that stand in the version table.
using CurrentIds = std::set<std::string, std::less<>>;

enum class Parents { Hidden, Shown };
enum class Labels { Hidden, Shown };
enum class Places { Heads, All };  ///< (head); and (branchpoint), (mergepoint)
enum class Doc { Hidden, Shown };

/// What stands on the one line of a revision, besides its id.
struct LineParts {
  Parents parents = Parents::Hidden;
  Labels labels = Labels::Hidden;
  Places places = Places::All;
  Doc doc = Doc::Hidden;
};

/// `script` on one line (a doc of several lines makes several), without a newline.
/// Those of `current` are marked.
std::string render_line(const graph::RevisionMap& map, const script::Script& script,
                        const LineParts& parts, const CurrentIds& current = {});

/// `script` with all that is known of it, over several lines, ended by an empty one.
std::string render_entry(const graph::RevisionMap& map, const script::Script& script,
                         const CurrentIds& current = {});

/// The down_revisions as listings name them: "<base>" for none.
std::string render_parents(const graph::Revision& revision);

}  // namespace revise::output
