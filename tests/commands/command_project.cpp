#include "tests/commands/command_project.hpp"

#include <fcntl.h>
#include <unistd.h>

#include "engine/commands/arguments.hpp"
#include "engine/commands/failure.hpp"
#include "engine/core/log.hpp"
#include "engine/core/text.hpp"

namespace revise::testing {

namespace {

// What a console writes, read back when it is closed.
class Stream {
 public:
  Stream() : descriptor_(open("/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600)) {}
  ~Stream() { close(descriptor_); }
  Stream(const Stream&) = delete;
  int descriptor() const { return descriptor_; }
  std::string text() const {
    std::string text(static_cast<std::size_t>(lseek(descriptor_, 0, SEEK_END)), '\0');
    const auto size = pread(descriptor_, text.data(), text.size(), 0);
    text.resize(static_cast<std::size_t>(size));
    return text;
  }

 private:
  int descriptor_;
};

std::string list(const std::vector<std::string>& ids) {
  std::string text = "{";
  for (const auto& id : ids) text += (text.size() > 1 ? ", \"" : "\"") + id + "\"";
  return text + "}";
}

}  // namespace

CommandProject::CommandProject(const std::string& settings) {
  write_text(
      folder_ / "alembic.ini",
      "[alembic]\nscript_location = %(here)s/migrations\nsqlalchemy.url = sqlite:///" +
          path() + "/db.sqlite\n" + settings);
  write_text(folder_ / "migrations/script.cpp.mustache",
             read_text(REVISE_SOURCE_DIR "/templates/generic/script.cpp.mustache"));
}

void CommandProject::add(const TestUnit& unit) {
  write_text(
      versions() + "/" + unit.revision + "_.cpp",
      "// about " + unit.revision + "\n\n#include <revise/op.hpp>\nnamespace {\n" +
          "constexpr revise::Revision revision{.revision = \"" + unit.revision +
          "\", .down_revision = " + list(unit.down_revisions) + ", .branch_labels = " +
          list(unit.branch_labels) + ", .depends_on = " + list(unit.depends_on) +
          "};\nvoid upgrade(revise::Operations&) {}\n"
          "void downgrade(revise::Operations&) {}\n}\n"
          "REVISE_UNIT(revision, upgrade, downgrade)\n");
}

void CommandProject::add_branches() {
  add({"aaaa1111"});
  add({"bbbb1111", {"aaaa1111"}});
  add({"cccc1111", {"bbbb1111"}, {"left"}});
  add({"cccc2222", {"bbbb1111"}});
  add({
      "eeee1111", {"cccc1111", "cccc2222"}
  });
  add({"ffff1111", {}, {"lib"}, {"bbbb1111"}});
}

CommandResult CommandProject::run(const std::vector<std::string>& words) const {
  const Stream out, err;
  CommandResult result;
  {
    output::Console console(out.descriptor(), err.descriptor());
    commands::CommandLine line;
    commands::RevisionRequest request;
    try {
      std::vector<std::string> all = {"-c", folder_ / "alembic.ini"};
      all.insert(all.end(), words.begin(), words.end());
      line = commands::parse_command_line(all);
      result.status = static_cast<int>(
          line.command->run({console, line.arguments, request, line.command->name}));
    } catch (const std::exception& error) {
      const auto failure =
          commands::describe_failure(error, request, commands::Detail::Message);
      console.note(failure.text);
      result.status = failure.exit_status;
    }
    log::set_sink({});
  }
  result.output = replace_all(out.text(), path(), "{DIR}");
  result.errors = replace_all(err.text(), path(), "{DIR}");
  return result;
}

CommandResult CommandProject::run(const std::string& words) const {
  return run(split(words, ' '));
}

}  // namespace revise::testing
