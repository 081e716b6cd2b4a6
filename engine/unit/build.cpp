#include "engine/unit/build.hpp"

#include <sched.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <unordered_map>

#include "engine/core/hash.hpp"
#include "engine/unit/abi.hpp"
#include "engine/unit/cache_folder.hpp"
#include "engine/unit/compiler.hpp"
#include "engine/unit/index.hpp"
#include "engine/unit/linker.hpp"
#include "engine/unit/toolchain.hpp"

namespace revise::unit {

namespace {

namespace fs = std::filesystem;

// More libraries than these in a run are linked anew as one: each costs a load.
constexpr std::size_t kMaxLibraries = 8;

std::size_t processors() {
  cpu_set_t set;
  CPU_ZERO(&set);
  if (::sched_getaffinity(0, sizeof set, &set) != 0) return 1;
  return static_cast<std::size_t>(std::max(CPU_COUNT(&set), 1));
}

std::string short_hash(const std::string& text) { return sha256(text).substr(0, 32); }

// One call of build_units or compile_units.
class Build {
 public:
  Build(const std::vector<UnitSource>& sources, const BuildSettings& settings);

  // Takes what libraries of earlier runs hold; only what is left is then compiled.
  void find_libraries();
  void compile_missing(const BuildProgress& progress);
  void link_missing();
  void save();
  BuiltUnits result() &&;

 private:
  struct Wanted {
    std::string path;  // absolute
    std::string symbol;
    std::string object;  // key; empty: to be compiled
    std::shared_ptr<const Dependencies> dependencies;
  };

  void find_cached();
  bool is_current(const CachedUnit& unit, const Wanted& wanted);
  void take(Wanted& wanted, const CompiledObject& object);
  std::string object_file(const Wanted& wanted) const { return wanted.object + ".o"; }

  const std::vector<UnitSource>& sources_;
  BuildSettings settings_;
  std::int64_t started_ns_ = file_clock_ns();
  CacheFolder cache_;
  Index index_;
  Index news_;
  Toolchain toolchain_;
  FileHashes hashes_;
  std::vector<std::string> engine_headers_;
  std::vector<Wanted> wanted_;
  std::vector<UnitLibrary> libraries_;
  std::vector<bool> in_library_;
  std::map<const Dependencies*, bool> checked_;
  std::map<Dependencies, std::shared_ptr<const Dependencies>> lists_;
  std::size_t compiled_ = 0;
};

Build::Build(const std::vector<UnitSource>& sources, const BuildSettings& settings)
    : sources_(sources),
      settings_(settings),
      cache_(CacheFolder::open(settings.build_directory)),
      index_(parse_index(cache_.read(kIndexFile).value_or(std::string()))),
      toolchain_(find_toolchain(settings, index_, news_)),
      hashes_(std::move(index_.files)),
      engine_headers_(engine_headers(settings.engine)),
      in_library_(sources.size(), false) {
  if (settings_.jobs == 0) settings_.jobs = processors();
  const auto here = fs::current_path();
  for (const auto& source : sources) {
    auto path = (here / source.path).lexically_normal();
    wanted_.push_back({std::move(path), entry_symbol(source.name), {}, {}});
  }
  find_cached();
}

bool Build::is_current(const CachedUnit& unit, const Wanted& wanted) {
  if (unit.environment != toolchain_.compile_key || unit.symbol != wanted.symbol ||
      unit.source_hash != hashes_.hash_of(wanted.path)) {
    return false;
  }
  const auto [checked, is_new] = checked_.try_emplace(unit.dependencies.get(), false);
  if (is_new) {
    checked->second = std::all_of(unit.dependencies->begin(), unit.dependencies->end(),
                                  [this](const auto& file) {
                                    return hashes_.hash_of(file.first) == file.second;
                                  });
  }
  return checked->second;
}

void Build::find_cached() {
  std::unordered_map<std::string_view, std::vector<const CachedUnit*>> by_path;
  for (auto unit = index_.units.rbegin(); unit != index_.units.rend(); ++unit) {
    by_path[unit->path].push_back(&*unit);
  }
  for (auto& wanted : wanted_) {
    for (const auto* unit : by_path[wanted.path]) {
      if (!is_current(*unit, wanted)) continue;
      wanted.object = unit->object;
      wanted.dependencies = unit->dependencies;
      break;
    }
  }
}

// Takes the libraries that hold most of what is wanted first.
void Build::find_libraries() {
  std::unordered_map<std::string_view, std::size_t> places;
  for (std::size_t i = 0; i < wanted_.size(); ++i) {
    if (!wanted_[i].object.empty()) places.emplace(wanted_[i].object, i);
  }
  std::vector<UnitLibrary> found;
  for (const auto& library : index_.libraries) {
    if (library.environment != toolchain_.link_key) continue;
    UnitLibrary candidate{library.key + ".so", {}};
    for (const auto& object : library.objects) {
      const auto place = places.find(object);
      if (place != places.end()) candidate.units.push_back(place->second);
    }
    if (!candidate.units.empty()) found.push_back(std::move(candidate));
  }
  std::stable_sort(found.begin(), found.end(), [](const auto& one, const auto& other) {
    return one.units.size() > other.units.size();
  });
  for (auto& library : found) {
    std::erase_if(library.units,
                  [this](std::size_t unit) { return in_library_[unit]; });
    if (library.units.empty() || libraries_.size() == kMaxLibraries ||
        !cache_.has(library.path)) {
      continue;
    }
    for (const auto unit : library.units) in_library_[unit] = true;
    libraries_.push_back({cache_.path_of(library.path), std::move(library.units)});
  }
}

void Build::take(Wanted& wanted, const CompiledObject& object) {
  Dependencies dependencies;
  bool is_stable = true;  // nothing was written to while it was read
  const auto add = [&](const std::string& path) {
    const auto state = state_of(path);
    is_stable = is_stable && state && state->changed_ns <= started_ns_;
    dependencies.emplace_back(path, hashes_.hash_of(path));
  };
  for (const auto& path : object.dependencies) {
    if (!path.starts_with(cache_.path() + "/")) add(path);
  }
  // A precompiled header hides what it was made from.
  for (const auto& path : engine_headers_) {
    const auto& read = object.dependencies;
    if (std::find(read.begin(), read.end(), path) == read.end()) add(path);
  }
  const auto source = state_of(wanted.path);
  is_stable = is_stable && source && source->changed_ns <= started_ns_;

  std::string key =
      toolchain_.compile_key + wanted.symbol + hashes_.hash_of(wanted.path);
  for (const auto& [path, hash] : dependencies) key += hash;
  if (!is_stable) key += object.file;
  const auto [list, is_new] = lists_.try_emplace(std::move(dependencies));
  if (is_new) list->second = std::make_shared<const Dependencies>(list->first);
  wanted.dependencies = list->second;
  wanted.object = short_hash(key);
  cache_.rename(object.file, object_file(wanted));
  if (!is_stable) return;
  news_.units.push_back({wanted.path, toolchain_.compile_key, wanted.symbol,
                         hashes_.hash_of(wanted.path), wanted.dependencies,
                         wanted.object});
}

void Build::compile_missing(const BuildProgress& progress) {
  std::vector<CompileJob> work;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < wanted_.size(); ++i) {
    if (in_library_[i]) continue;
    if (!wanted_[i].object.empty() && cache_.has(object_file(wanted_[i]))) continue;
    work.push_back({sources_[i], wanted_[i].symbol});
    places.push_back(i);
  }
  if (work.empty()) return;
  std::string key = toolchain_.compile_key;
  for (const auto& header : engine_headers_) key += hashes_.hash_of(header);
  const auto precompiled =
      precompiled_headers(settings_.engine, toolchain_, cache_, short_hash(key));
  compile_objects(work, toolchain_, cache_, precompiled, settings_, progress,
                  [this, &places](std::size_t place, const CompiledObject& object) {
                    take(wanted_[places[place]], object);
                    ++compiled_;
                  });
}

void Build::link_missing() {
  std::vector<std::size_t> units;
  for (std::size_t i = 0; i < wanted_.size(); ++i) {
    if (!in_library_[i]) units.push_back(i);
  }
  if (units.empty()) return;
  CachedLibrary library{{}, toolchain_.link_key, {}};
  std::vector<LinkInput> inputs;
  std::string key = toolchain_.link_key;
  for (const auto unit : units) {
    const auto& wanted = wanted_[unit];
    inputs.push_back({sources_[unit].path, cache_.path_of(object_file(wanted))});
    library.objects.push_back(wanted.object);
    key += wanted.object;
  }
  library.key = short_hash(key);
  const auto file = library.key + ".so";
  link_library(inputs, toolchain_, settings_, cache_, file);
  libraries_.push_back({cache_.path_of(file), std::move(units)});
  news_.libraries.push_back(std::move(library));
}

void Build::save() {
  if (hashes_.has_news()) news_.files = hashes_.known();
  const bool has_news = !news_.files.empty() || !news_.units.empty() ||
                        !news_.libraries.empty() || !news_.compilers.empty();
  if (!has_news) return;
  const auto lock = cache_.lock();
  // Another process may have added to it since it was read.
  auto index = parse_index(cache_.read(kIndexFile).value_or(std::string()));
  std::vector<std::string> dropped;
  index = merge_index(std::move(index), news_, dropped);
  cache_.write(kIndexFile, render_index(index));
  for (const auto& file : dropped) cache_.remove(file);
  if (compiled_ > 0) cache_.sweep();
}

BuiltUnits Build::result() && {
  BuiltUnits built;
  built.libraries = std::move(libraries_);
  built.compiled = compiled_;
  built.units.reserve(sources_.size());
  for (std::size_t i = 0; i < sources_.size(); ++i) {
    built.units.push_back({sources_[i].name, sources_[i].path,
                           cache_.path_of(object_file(wanted_[i])),
                           std::move(wanted_[i].dependencies)});
  }
  return built;
}

enum class Stage { Objects, Libraries };

BuiltUnits build(const std::vector<UnitSource>& sources, const BuildSettings& settings,
                 const BuildProgress& progress, Stage stage) {
  if (sources.empty()) return {};
  Build build(sources, settings);
  try {
    if (stage == Stage::Libraries) build.find_libraries();
    build.compile_missing(progress);
    if (stage == Stage::Libraries) build.link_missing();
  } catch (...) {
    build.save();  // what did compile need not be compiled again
    throw;
  }
  build.save();
  return std::move(build).result();
}

}  // namespace

BuiltUnits build_units(const std::vector<UnitSource>& sources,
                       const BuildSettings& settings, const BuildProgress& progress) {
  return build(sources, settings, progress, Stage::Libraries);
}

BuiltUnits compile_units(const std::vector<UnitSource>& sources,
                         const BuildSettings& settings, const BuildProgress& progress) {
  return build(sources, settings, progress, Stage::Objects);
}

}  // namespace revise::unit
