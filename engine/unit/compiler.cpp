#include "engine/unit/compiler.hpp"

#include <signal.h>

#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <utility>

#include "engine/core/error.hpp"
#include "engine/core/log.hpp"
#include "engine/core/text.hpp"
#include "engine/unit/dependencies.hpp"
#include "engine/unit/designator_order.hpp"
#include "engine/unit/elf.hpp"

namespace revise::unit {

namespace {

namespace fs = std::filesystem;

constexpr const char* kLogger = "revise.build";

std::string absolute(const std::string& path) {
  return fs::absolute(path).lexically_normal();
}

// One compiler at work.
class Compilation {
 public:
  Compilation(const CompileJob& job, std::size_t place, const Toolchain& toolchain,
              const CacheFolder& cache, const std::string& precompiled)
      : place_(place),
        name_(cache.temporary_name("")),
        process_(command_in(toolchain,
                            arguments(job, toolchain, cache, precompiled, name_))) {}

  std::size_t place() const { return place_; }
  Process& process() { return process_; }
  std::string object() const { return name_ + ".o"; }
  std::string rule() const { return name_ + ".d"; }

 private:
  static std::vector<std::string> arguments(const CompileJob& job,
                                            const Toolchain& toolchain,
                                            const CacheFolder& cache,
                                            const std::string& precompiled,
                                            const std::string& name) {
    const auto& path = job.source.path;
    std::vector<std::string> arguments = {toolchain.compiler};
    if (!precompiled.empty()) arguments.push_back("-I" + precompiled);
    arguments.insert(arguments.end(), toolchain.flags.begin(), toolchain.flags.end());
    // Neither the folder nor a random number shall show in the object.
    const std::string folder = fs::path(absolute(path)).parent_path();
    arguments.insert(arguments.end(), {"-ffile-prefix-map=" + folder + "/=", "-MD",
                                       "-MT", "unit", "-MF", cache.path_of(name + ".d"),
                                       "-o", cache.path_of(name + ".o"), "-c", path});
    if (toolchain.family == CompilerFamily::Gcc) {
      arguments.push_back("-frandom-seed=" + job.symbol);
    }
    return arguments;
  }

  std::size_t place_;
  std::string name_;
  Process process_;
};

[[noreturn]] void refuse_entryless(const UnitSource& source) {
  if (source.kind == UnitKind::Environment) {
    throw UnitError(revise::quoted(source.path) +
                        " must end with REVISE_ENV(run_migrations), where "
                        "run_migrations is its function",
                    source.path);
  }
  throw UnitError("the unit " + revise::quoted(source.path) +
                      " declares no revision; it must end with "
                      "REVISE_UNIT(revision, upgrade, downgrade)",
                  source.path);
}

// Gives the entry its own name and hides all else.
void make_own(const CompileJob& job, const std::string& object,
              const CacheFolder& cache) {
  auto bytes = cache.read(object).value_or(std::string());
  const auto symbols = read_symbols(bytes).defined;
  bool has_entry = false;
  for (const auto& symbol : symbols) has_entry |= symbol == kPlaceholderSymbol;
  if (!has_entry) refuse_entryless(job.source);
  if (symbols.size() > 1) localise_symbols(bytes, kPlaceholderSymbol);
  rename_symbol(bytes, kPlaceholderSymbol, job.symbol);
  cache.write(object, bytes);
}

[[noreturn]] void refuse_source(const UnitSource& source, const ProcessResult& result,
                                const EnginePaths& engine) {
  std::string output = result.output;
  const auto hint = designator_order_hint(output, engine.include + "/revise");
  if (!hint.empty()) {
    if (!output.empty() && output.back() != '\n') output += '\n';
    output += hint + '\n';
  }
  throw UnitError("the unit " + revise::quoted(source.path) + " does not compile",
                  source.path, output);
}

// A signal that reached the compiler was meant for this process too.
void pass_on_end(const ProcessResult& result) {
  const bool on_request =
      result.signal == SIGINT || result.signal == SIGTERM || result.signal == SIGHUP;
  if (on_request) throw Interrupted(result.signal);
}

CompiledObject collect(const CompileJob& job, const Compilation& compilation,
                       const ProcessResult& result, const CacheFolder& cache,
                       const BuildSettings& settings) {
  const auto rule = cache.read(compilation.rule());
  cache.remove(compilation.rule());
  pass_on_end(result);
  if (!result.succeeded()) refuse_source(job.source, result, settings.engine);
  if (!result.output.empty()) log::warning(kLogger, strip(result.output));
  make_own(job, compilation.object(), cache);
  CompiledObject object{compilation.object(), {}};
  const auto source = absolute(job.source.path);
  for (const auto& file : parse_dependencies(rule.value_or(std::string()))) {
    auto dependency = absolute(file);
    if (dependency != source) object.dependencies.push_back(std::move(dependency));
  }
  return object;
}

}  // namespace

void compile_objects(const std::vector<CompileJob>& work, const Toolchain& toolchain,
                     const CacheFolder& cache, const std::string& precompiled,
                     const BuildSettings& settings, const BuildProgress& progress,
                     const ObjectSink& on_done) {
  std::vector<std::unique_ptr<Compilation>> running;
  std::map<std::size_t, std::exception_ptr> failures;
  std::size_t started = 0;
  const auto start = [&] {
    const auto& job = work[started];
    if (progress) progress(started, work.size(), job.source);
    running.push_back(
        std::make_unique<Compilation>(job, started, toolchain, cache, precompiled));
    ++started;
  };
  const auto finish = [&](std::size_t which) {
    const auto compilation = std::move(running[which]);
    running.erase(running.begin() + static_cast<std::ptrdiff_t>(which));
    const auto result = compilation->process().wait();
    try {
      const auto& job = work[compilation->place()];
      on_done(compilation->place(),
              collect(job, *compilation, result, cache, settings));
    } catch (const UnitError&) {
      // Units are started in order, so that with none started after a failure the
      // first that fails is known once those before it have ended.
      failures[compilation->place()] = std::current_exception();
      cache.remove(compilation->object());
    }
  };
  while (!running.empty() || (started < work.size() && failures.empty())) {
    while (running.size() < settings.jobs && started < work.size() &&
           failures.empty()) {
      start();
    }
    std::vector<const Process*> processes;
    for (const auto& compilation : running) {
      processes.push_back(&compilation->process());
    }
    const auto ended = wait_any(processes, std::chrono::hours(1));
    if (ended) finish(*ended);
  }
  if (!failures.empty()) std::rethrow_exception(failures.begin()->second);
}

std::string precompiled_headers(const EnginePaths& engine, const Toolchain& toolchain,
                                const CacheFolder& cache, const std::string& key) {
  // clang takes a precompiled header only by -include, which would let a unit
  // compile that forgets to include what it uses.
  const fs::path header = fs::path(engine.include) / "revise" / "op.hpp";
  if (toolchain.family != CompilerFamily::Gcc || !fs::exists(header)) return {};
  const std::string folder = "headers-" + key;
  if (cache.has(folder)) return cache.path_of(folder);
  const std::string temporary = cache.temporary_name(".headers");
  const fs::path target = fs::path(cache.path_of(temporary)) / "revise";
  fs::create_directories(target);
  std::vector<std::string> arguments = {toolchain.compiler};
  arguments.insert(arguments.end(), toolchain.flags.begin(), toolchain.flags.end());
  arguments.insert(arguments.end(), {"-x", "c++-header", "-o", target / "op.hpp.gch",
                                     "-c", header.string()});
  const auto result = run_process(command_in(toolchain, std::move(arguments)));
  pass_on_end(result);
  std::error_code error;
  if (result.succeeded()) {
    fs::rename(cache.path_of(temporary), cache.path_of(folder), error);
  }
  // Another process may have put its own there; that is as good.
  fs::remove_all(cache.path_of(temporary), error);
  return cache.has(folder) ? cache.path_of(folder) : std::string();
}

}  // namespace revise::unit
