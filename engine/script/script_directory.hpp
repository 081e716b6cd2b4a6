/// The files of all version locations, read once.
///
/// Gives values: what the graph is made of, and each revision's text and path. The
/// graph itself, and what is wrong with it, is engine/graph's business; building and
/// running units is engine/unit's.

#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/script/script.hpp"

namespace revise::script {

/// Whether folders below a version location are read too.
enum class Recursion { Off, On };

/// Whether `.pyc` files count where their source is missing, as Alembic has it.
enum class Sourceless { Off, On };

struct Locations {
  std::string directory = {};                       ///< the script directory, absolute
  std::vector<std::string> version_locations = {};  ///< absolute, in configured order
  Recursion recursion = Recursion::Off;
  Sourceless sourceless = Sourceless::Off;
};

class ScriptDirectory {
 public:
  /// Reads every unit and every Python revision of `locations`. A version location
  /// that does not exist counts as empty. A file that is reached twice is taken once,
  /// with a warning. Of one id, the unit takes the Python file's place in the order.
  /// A .cpp file that holds no unit is an error: passing over it might lose a revision.
  ///
  /// Throws ConfigError when the script directory is absent, UnitError on a file
  /// that cannot be read or scanned, RevisionError on one id in two files.
  explicit ScriptDirectory(Locations locations);

  /// One whose `scripts` are known already (a bundle's); nothing is read.
  ScriptDirectory(Locations locations, std::vector<Script> scripts);
  ScriptDirectory(ScriptDirectory&&) = default;
  ScriptDirectory& operator=(ScriptDirectory&&) = default;

  const Locations& locations() const { return locations_; }

  /// In load order: locations as configured, files by name (bytes), then folders.
  const std::vector<Script>& scripts() const { return scripts_; }

  /// What a graph::RevisionMap is made of, in load order. Copies.
  std::vector<graph::Revision> revisions() const;

  /// The script of that full id, or nullptr.
  const Script* find(std::string_view id) const;

  /// The script of that full id, which the graph has.
  const Script& at(std::string_view id) const;

 private:
  Locations locations_;
  std::vector<Script> scripts_;
  std::unordered_map<std::string_view, std::size_t> index_;  // id -> its place there
};

/// Of `path`, the folders that do not exist yet, outermost first.
std::vector<std::string> missing_directories(const std::string& path);

/// The folder that a new revision goes to (Alembic's
/// ScriptDirectory.generate_revision). `wanted` is what --version-path says, empty
/// for nothing; relative ones count from the current folder. `parent` is the first
/// down_revision's script, nullptr for a new base.
///
/// Throws RevisionError of kind Command when `wanted` is no configured location, or
/// when several are configured and nothing tells which.
std::string version_path_for(const Locations& locations, std::string_view wanted,
                             const Script* parent);

}  // namespace revise::script
