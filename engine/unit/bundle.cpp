#include "engine/unit/bundle.hpp"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/unit/bundle_table.hpp"
#include "engine/unit/cache_folder.hpp"
#include "engine/unit/dependencies.hpp"
#include "engine/unit/elf.hpp"
#include "engine/unit/toolchain.hpp"

namespace revise::unit {

namespace {

namespace fs = std::filesystem;

// Symbols of the C library and of PostgreSQL's client stay shared: libpq's archive
// needs some that Debian does not have (LDAP, Kerberos).
const char* const kEngineLibraries[] = {"boost_program_options", "crypto"};

bool has_driver(const BundleRequest& request, const char* name) {
  return std::find(request.drivers.begin(), request.drivers.end(), name) !=
         request.drivers.end();
}

void run_or_refuse(const ProcessOptions& options, const std::string& what) {
  const auto result = run_process(options);
  if (!result.succeeded()) throw UnitError(what, {}, result.output);
}

std::string compile_table(const BundleRequest& request, const Toolchain& toolchain,
                          const CacheFolder& cache) {
  const auto object = cache.path_of(cache.temporary_name(".o"));
  std::vector<std::string> arguments = {toolchain.compiler};
  arguments.insert(arguments.end(), toolchain.flags.begin(), toolchain.flags.end());
  arguments.insert(arguments.end(), {"-x", "c++", "-c", "-o", object, "-"});
  auto options = command_in(toolchain, std::move(arguments));
  options.input = render_table(request);
  run_or_refuse(options, "the table of the bundle does not compile");
  return object;
}

// The archive where there is one, so that the bundle does not ask for the library
// where it runs.
std::string archive_or_library(const std::string& name, const Toolchain& toolchain) {
  const auto file = "lib" + name + ".a";
  const auto result = run_process(
      command_in(toolchain, {toolchain.compiler, "-print-file-name=" + file}));
  const std::string path(strip(result.output));
  return fs::path(path).is_absolute() ? path : "-l" + name;
}

std::string engine_archive(const EnginePaths& engine, const std::string& file) {
  auto path = engine.library + "/" + file;
  if (fs::exists(path)) return path;
  throw UnitError("a bundle links " + revise::quoted(path) +
                  ", which is not there; build or install revise as a whole");
}

std::vector<std::string> engine_arguments(const BundleRequest& request,
                                          const Toolchain& toolchain,
                                          const EnginePaths& engine) {
  // Nothing refers to a driver strongly, so that each has to be asked for.
  std::vector<std::string> arguments;
  std::vector<std::string> libraries;
  if (has_driver(request, "sqlite")) {
    arguments.push_back("-Wl,-u,revise_connect_sqlite");
    libraries.push_back(archive_or_library("sqlite3", toolchain));
  }
  if (has_driver(request, "postgresql")) {
    arguments.insert(arguments.end(),
                     {"-Wl,-u,revise_connect_postgresql",
                      engine_archive(engine, "librevise_postgresql.a")});
    libraries.insert(libraries.end(), {archive_or_library("pqxx", toolchain), "-lpq"});
  }
  arguments.push_back(engine_archive(engine, "librevise.a"));
  arguments.insert(arguments.end(), libraries.begin(), libraries.end());
  for (const auto* name : kEngineLibraries) {
    arguments.push_back(archive_or_library(name, toolchain));
  }
  arguments.insert(arguments.end(), {"-pthread", "-ldl"});
  return arguments;
}

// -no-pie: thousands of rows would else be relocated at each start.
void link(const std::vector<std::string>& objects, const BundleRequest& request,
          const BuildSettings& settings, const Toolchain& toolchain,
          const CacheFolder& cache) {
  std::string list;
  for (const auto& object : objects) list += response_line(object);
  const auto response = cache.temporary_name(".list");
  cache.write(response, list);
  const std::string temporary = request.output + ".part-" + std::to_string(::getpid());
  std::vector<std::string> arguments = {toolchain.compiler,
                                        "-o",
                                        temporary,
                                        "-no-pie",
                                        "-static-libstdc++",
                                        "-static-libgcc",
                                        "-s",
                                        "-Wl,--build-id=none",
                                        "-Wl,--hash-style=gnu",
                                        "-Wl,--as-needed",
                                        "-Wl,--gc-sections",
                                        "@" + cache.path_of(response)};
  for (const auto& part : {library_arguments(settings),
                           engine_arguments(request, toolchain, settings.engine)}) {
    arguments.insert(arguments.end(), part.begin(), part.end());
  }
  const auto result = run_process(command_in(toolchain, std::move(arguments)));
  cache.remove(response);
  if (!result.succeeded()) {
    ::unlink(temporary.c_str());
    throw UnitError("the bundle " + revise::quoted(request.output) + " does not link",
                    {}, result.output);
  }
  std::error_code error;
  fs::rename(temporary, request.output, error);
  if (error) {
    ::unlink(temporary.c_str());
    throw UnitError("cannot write the bundle " + revise::quoted(request.output) + ": " +
                    error.message());
  }
}

// The folders of the units are among the files: theirs is the time at which a unit was
// added or taken away.
void write_depfile(const BundleRequest& request, const BuiltUnits& built,
                   const EnginePaths& engine) {
  std::set<std::string> files = {engine_archive(engine, "librevise.a")};
  std::set<const Dependencies*> lists;
  for (const auto& unit : built.units) {
    const fs::path source = fs::absolute(unit.path).lexically_normal();
    files.insert(source);
    files.insert(source.parent_path());
    if (!lists.insert(unit.dependencies.get()).second) continue;
    for (const auto& [path, hash] : *unit.dependencies) files.insert(path);
  }
  std::ofstream out(request.depfile, std::ios::binary);
  out << render_dependencies(request.output, {files.begin(), files.end()});
  if (!out.flush()) {
    throw UnitError("cannot write " + revise::quoted(request.depfile), request.depfile);
  }
}

}  // namespace

void write_bundle(const BundleRequest& request, const BuildSettings& settings,
                  const BuildProgress& progress) {
  std::vector<UnitSource> sources;
  for (const auto& revision : request.revisions) {
    if (!revision.source.empty()) {
      sources.push_back({revision.revision, revision.source});
    }
  }
  if (!request.environment.empty()) {
    sources.push_back({kEnvironmentName, request.environment, UnitKind::Environment});
  }
  const auto built = compile_units(sources, settings, progress);
  const auto cache = CacheFolder::open(settings.build_directory);
  const auto index = parse_index(cache.read(kIndexFile).value_or(std::string()));
  Index news;
  const auto toolchain = find_toolchain(settings, index, news);
  std::vector<std::string> objects = {compile_table(request, toolchain, cache)};
  for (const auto& unit : built.units) objects.push_back(unit.object);
  try {
    link(objects, request, settings, toolchain, cache);
  } catch (...) {
    ::unlink(objects.front().c_str());
    throw;
  }
  ::unlink(objects.front().c_str());
  if (!request.depfile.empty()) write_depfile(request, built, settings.engine);
}

std::vector<std::string> needed_libraries(const std::string& executable) {
  std::ifstream in(executable, std::ios::binary);
  if (!in) {
    throw UnitError("cannot read " + revise::quoted(executable), executable);
  }
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  return read_needed(bytes);
}

LoadedUnit unit_of(const BundleRow& row) {
  LoadedUnit unit{row.revision, row.path, row.entry};
  check_abi(unit);
  return unit;
}

LoadedEnvironment environment_of(const BundleTable& table) {
  LoadedEnvironment environment{"env.cpp", table.environment};
  check_abi(environment);
  return environment;
}

}  // namespace revise::unit
