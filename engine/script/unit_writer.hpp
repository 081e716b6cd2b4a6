/// Writes a new unit from the script directory's template.
///
/// Which revision it follows is decided by the caller; nothing here reads the graph.
/// Post-write hooks are the caller's too.

#pragma once

#include <chrono>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/script/script_directory.hpp"

namespace revise::script {

/// How new files are named and dated: settings, as the ini has them.
struct UnitFormat {
  std::string template_path = {};                  ///< of `script.cpp.mustache`
  std::string file_template = "%(rev)s_%(slug)s";  ///< `%%` already taken to `%`
  unsigned truncate_slug_length = 40;              ///< in characters; 0 means 40
  std::string timezone = {};  ///< IANA name; empty: local time without an offset
  Recursion recursion = Recursion::Off;  ///< On: file_template may name folders
};

struct NewUnit {
  std::string message = {};  ///< empty: "empty message"
  std::string revision = {};
  std::vector<std::string> down_revisions = {};
  std::vector<std::string> branch_labels = {};
  std::vector<std::string> depends_on = {};
  std::string version_path = {};  ///< the folder, as version_path_for gives it
  std::string includes = {};      ///< lines to stand below the others; may be empty
  std::string upgrades = {};      ///< body of upgrade(), indented; empty: nothing to do
  std::string downgrades = {};    ///< body of downgrade()
  std::vector<std::string> databases = {};  ///< names, for a template of several
  /// More for the template, by name; none of the names that it has anyway.
  std::map<std::string, std::string> template_args = {};
  std::chrono::system_clock::time_point created = std::chrono::system_clock::now();
};

/// A unit that is not written yet.
struct RenderedUnit {
  std::string path = {};  ///< absolute
  std::string text = {};
  std::vector<std::string> missing_directories = {};  ///< outermost first
};

/// Twelve hex digits: the last of a random UUID, as Alembic's util.rev_id.
std::string new_revision_id();

/// Throws RevisionError of kind Revision unless `id` may name a new revision: the
/// rules of <revise/revision.hpp>, and at most `version_num_length` characters.
void check_revision_id(std::string_view id, unsigned version_num_length);

/// Throws RevisionError of kind Revision unless `label` may be a branch label.
void check_branch_label(std::string_view label);

/// Decides path and text. Throws ConfigError on a template, file_template or
/// timezone that cannot be used, UnitError when the template's text does not scan
/// back to what was asked for.
RenderedUnit render_unit(const UnitFormat& format, const NewUnit& unit);

/// Creates what is missing of the folders, outermost first.
void create_directories(const std::vector<std::string>& directories);

/// Writes the file whole or not at all. Throws UnitError when it is there already,
/// or cannot be written.
void write_unit(const RenderedUnit& unit);

/// One round of a section: name and text of each value.
using TemplateValues = std::vector<std::pair<std::string, std::string>>;

/// A mustache template with `values` put in, without HTML escaping. To a section, an
/// empty text is as good as none; those of `lists` are gone through. Throws ConfigError
/// on a bad template.
std::string render_template(
    const std::string& text, const TemplateValues& values,
    const std::vector<std::pair<std::string, std::vector<TemplateValues>>>& lists = {});

}  // namespace revise::script
