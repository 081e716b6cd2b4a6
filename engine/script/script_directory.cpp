#include "engine/script/script_directory.hpp"

#include <unistd.h>

#include <cassert>
#include <unordered_set>
#include <utility>

#include "engine/core/error.hpp"
#include "engine/core/log.hpp"
#include "engine/core/text.hpp"
#include "engine/script/environment_file.hpp"
#include "engine/script/file_reader.hpp"
#include "engine/script/python_scanner.hpp"
#include "engine/script/unit_scanner.hpp"

namespace revise::script {
namespace {

constexpr std::string_view kLogger = "revise.script";

bool is_unit(std::string_view name) {
  return name.ends_with(".cpp") && name.front() != '.';
}

bool is_compiled_python(std::string_view name) {
  return name.ends_with(".pyc") || name.ends_with(".pyo");
}

class Loader {
 public:
  explicit Loader(const Locations& locations) : locations_(locations) {}

  std::vector<Script> load() {
    for (const std::string& location : locations_.version_locations) {
      const std::string real = real_path_of(location);
      if (!real.empty()) load_tree(real);
    }
    return std::move(scripts_);
  }

 private:
  // Top down, without recursion: how deep folders go is not ours to say.
  void load_tree(const std::string& root) {
    std::vector<std::string> pending = {root};
    while (!pending.empty()) {
      const std::string path = std::move(pending.back());
      pending.pop_back();
      const std::vector<std::string> below = load_folder(path);
      if (locations_.recursion == Recursion::Off) return;
      pending.insert(pending.end(), below.rbegin(), below.rend());
    }
  }

  // Gives the folders in it.
  std::vector<std::string> load_folder(const std::string& path) {
    // As Alembic, which matches the end of the name.
    if (path.ends_with("__pycache__")) return {};
    const Folder folder(path);
    const bool is_new = folders_.insert(path).second;
    std::vector<std::string> below;
    const std::vector<Folder::Entry> entries = folder.entries();
    scripts_.reserve(scripts_.size() + entries.size());
    for (const Folder::Entry& entry : entries) {
      if (entry.kind == Folder::EntryKind::Folder) {
        below.push_back(path + "/" + entry.name);
      } else if (is_environment(path, entry.name)) {
        continue;
      } else if (is_unit(entry.name) || is_python_revision(entry.name)) {
        load_entry(folder, entry, is_new);
      } else if (locations_.sourceless == Sourceless::On) {
        check_compiled(path, entry.name);
      }
    }
    return below;
  }

  // A version location may be the script directory itself, where env.cpp is no
  // revision.
  bool is_environment(const std::string& folder, std::string_view name) const {
    return name == kEnvironmentFile && folder == real_path_of(locations_.directory);
  }

  void load_entry(const Folder& folder, const Folder::Entry& entry, bool is_new) {
    std::string path = folder.path() + "/" + entry.name;
    if (entry.kind == Folder::EntryKind::Link) {
      path = real_path_of(path);
      if (path.empty()) {
        throw UnitError("the link " + quoted(folder.path() + "/" + entry.name) +
                            " leads to nothing",
                        folder.path() + "/" + entry.name);
      }
      begin_to_keep_paths();
    }
    if (!is_new || (has_links_ && !paths_.insert(path).second)) {
      log::warning(kLogger, "File " + path +
                                " loaded twice! ignoring. Please ensure "
                                "version_locations is unique.");
      return;
    }
    const std::string_view text = folder.read(entry.name, buffer_);
    scripts_.push_back(is_unit(entry.name) ? scan_unit(text, path)
                                           : scan_python(text, path));
  }

  // Only links lead to one file from two folders: without them paths are not kept.
  void begin_to_keep_paths() {
    if (has_links_) return;
    has_links_ = true;
    for (const Script& script : scripts_) paths_.insert(script.path);
  }

  void check_compiled(const std::string& folder, const std::string& name) const {
    if (!is_compiled_python(name)) return;
    throw UnitError(quoted(folder + "/" + name) +
                        " is compiled Python, which cannot be read; revisions that are "
                        "kept without their source ('sourceless') need it back",
                    folder + "/" + name);
  }

  const Locations& locations_;
  std::string buffer_;
  std::vector<Script> scripts_;
  std::unordered_set<std::string> folders_;  // read so far
  std::unordered_set<std::string> paths_;    // read, as far as they are kept
  bool has_links_ = false;
};

}  // namespace

namespace {

std::vector<Script> load(const Locations& locations) {
  if (access(locations.directory.c_str(), F_OK) != 0) {
    throw ConfigError(
        "Path doesn't exist: " + locations.directory +
        ".  Please use the 'init' command to create a new scripts folder.");
  }
  return Loader(locations).load();
}

using Index = std::unordered_map<std::string_view, std::size_t>;

// Two files of one id: that of the unit stays, in the earlier one's place.
void settle(Script& earlier, Script& later) {
  if (earlier.language == later.language) {
    throw RevisionError(RevisionErrorKind::Revision,
                        "revision " + quoted(later.revision.revision) +
                            " is declared twice, at " + earlier.revision.origin +
                            " and at " + later.revision.origin,
                        later.revision.revision);
  }
  if (earlier.language == Language::Python) std::swap(earlier, later);
}

// Scripts by id. Of an id that occurs twice one script is taken out of `scripts`.
Index index_of(std::vector<Script>& scripts) {
  Index index;
  index.reserve(scripts.size());
  std::vector<bool> is_replaced(scripts.size());
  for (std::size_t place = 0; place < scripts.size(); ++place) {
    const auto [known, is_new] =
        index.try_emplace(scripts[place].revision.revision, place);
    if (is_new) continue;
    // The key may look into a string that moves now.
    const std::size_t earlier = known->second;
    index.erase(known);
    settle(scripts[earlier], scripts[place]);
    index.emplace(scripts[earlier].revision.revision, earlier);
    is_replaced[place] = true;
  }
  if (index.size() == scripts.size()) return index;
  std::vector<Script> kept;
  for (std::size_t place = 0; place < scripts.size(); ++place) {
    if (!is_replaced[place]) kept.push_back(std::move(scripts[place]));
  }
  index.clear();
  scripts = std::move(kept);
  return index_of(scripts);
}

}  // namespace

ScriptDirectory::ScriptDirectory(Locations locations)
    : ScriptDirectory(locations, load(locations)) {}

ScriptDirectory::ScriptDirectory(Locations locations, std::vector<Script> scripts)
    : locations_(std::move(locations)), scripts_(std::move(scripts)) {
  index_ = index_of(scripts_);
}

std::vector<graph::Revision> ScriptDirectory::revisions() const {
  std::vector<graph::Revision> revisions;
  revisions.reserve(scripts_.size());
  for (const Script& script : scripts_) revisions.push_back(script.revision);
  return revisions;
}

const Script* ScriptDirectory::find(std::string_view id) const {
  const auto found = index_.find(id);
  return found == index_.end() ? nullptr : &scripts_[found->second];
}

const Script& ScriptDirectory::at(std::string_view id) const {
  const Script* script = find(id);
  assert(script != nullptr);
  return *script;
}

}  // namespace revise::script
