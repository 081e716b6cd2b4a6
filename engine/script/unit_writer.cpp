#include "engine/script/unit_writer.hpp"

#include <fcntl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/script/doc_comment.hpp"
#include "engine/script/file_name.hpp"
#include "engine/script/file_reader.hpp"
#include "engine/script/id_rules.hpp"
#include "engine/script/unit_scanner.hpp"
#include "engine/script/utf8.hpp"

namespace revise::script {
namespace {

constexpr unsigned kDefaultSlugLength = 40;

std::string system_message() { return std::strerror(errno); }

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == path.npos ? "." : path.substr(0, slash);
}

std::string random_hex(std::size_t bytes) {
  std::array<unsigned char, 16> random{};
  if (getrandom(random.data(), bytes, 0) != static_cast<ssize_t>(bytes)) {
    throw UnitError("the system gives no random bytes: " + system_message());
  }
  std::string hex;
  for (std::size_t i = 0; i < bytes; ++i) {
    hex += "0123456789abcdef"[random[i] >> 4];
    hex += "0123456789abcdef"[random[i] & 0xf];
  }
  return hex;
}

// `{}`, `"a"` or `{"a", "b"}`; the ids' rules leave nothing to escape.
std::string literals_of(const std::vector<std::string>& ids) {
  if (ids.empty()) return "{}";
  const std::string inner = "\"" + join(ids, "\", \"") + "\"";
  return ids.size() == 1 ? inner : "{" + inner + "}";
}

// Each with its newline: the template puts what follows right behind.
std::string lines_of(const std::string& text) {
  return text.empty() || text.back() == '\n' ? text : text + "\n";
}

void check_ids(const std::string& member, const std::vector<std::string>& ids) {
  if (ids.size() > kMaxIds) {
    throw RevisionError(RevisionErrorKind::Revision,
                        quoted(member) + " of a unit holds at most 32 ids");
  }
  for (const std::string& id : ids) {
    if (const std::string fault = fault_of_id(id); !fault.empty()) {
      throw RevisionError(
          RevisionErrorKind::Revision,
          quoted(id) + " cannot be written as " + quoted(member) + ": it " + fault, id);
    }
  }
}

void check_utf8(std::string_view what, std::string_view text) {
  for (auto rest = text; !rest.empty();) {
    const auto character = utf8_character(rest);
    if (!character.is_valid) {
      throw RevisionError(
          RevisionErrorKind::Revision,
          std::string(what) + " " + quoted(text) + " is not valid UTF-8",
          std::string(text));
    }
    rest.remove_prefix(character.size);
  }
}

std::string path_of(const UnitFormat& format, const NewUnit& unit,
                    const LocalTime& time) {
  const unsigned length = format.truncate_slug_length == 0
                              ? kDefaultSlugLength
                              : format.truncate_slug_length;
  const std::string name = render_file_name(format.file_template, unit.revision,
                                            slug_of(unit.message, length), time);
  if (name.find('/') != name.npos && format.recursion == Recursion::Off) {
    throw ConfigError("file_template " + quoted(format.file_template) +
                      " names folders, which are only read with "
                      "'recursive_version_locations = true'");
  }
  for (const std::string& part : split(name, '/')) {
    if (!part.empty() && part.front() != '.') continue;
    throw ConfigError("file_template " + quoted(format.file_template) + " gives " +
                      quoted(name) +
                      ", whose parts must not be empty or begin with "
                      "a '.'");
  }
  return unit.version_path + "/" + name + ".cpp";
}

std::string template_text(const std::string& path) {
  const Folder folder(folder_of(path));
  std::string buffer;
  return std::string(folder.read(path.substr(path.rfind('/') + 1), buffer));
}

// A template that somebody changed must still say what was asked for.
void check_rendered(const RenderedUnit& rendered, const NewUnit& unit,
                    const std::string& template_path) {
  const graph::Revision read = scan_unit(rendered.text, rendered.path).revision;
  const auto check = [&](const char* member, const std::vector<std::string>& wanted,
                         const std::vector<std::string>& found) {
    if (wanted == found) return;
    throw UnitError("the template " + quoted(template_path) +
                        " does not write what was asked for: " + member + " is " +
                        quoted(join(found, ", ")) + " and not " +
                        quoted(join(wanted, ", ")),
                    template_path);
  };
  check("revision", {unit.revision}, {read.revision});
  check("down_revision", unit.down_revisions, read.down_revisions);
  check("branch_labels", unit.branch_labels, read.branch_labels);
  check("depends_on", unit.depends_on, read.depends_on);
}

void write_all(int file, const std::string& text, const std::string& path) {
  for (std::size_t written = 0; written < text.size();) {
    const ssize_t count = ::write(file, text.data() + written, text.size() - written);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) {
      throw UnitError("cannot write " + quoted(path) + ": " + system_message(), path);
    }
    written += static_cast<std::size_t>(count);
  }
}

// A file that is gone unless it got its name.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& folder)
      : path_(folder + "/.revise-" + random_hex(8) + ".tmp"),
        descriptor_(
            open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666)) {
    if (descriptor_ < 0) {
      throw UnitError("cannot write into " + quoted(folder) + ": " + system_message(),
                      folder);
    }
  }
  ~TemporaryFile() {
    close(descriptor_);
    unlink(path_.c_str());
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  int descriptor() const { return descriptor_; }

  // False, with errno, when there is a file of that name or it cannot be.
  bool take_name(const std::string& path) const {
    if (link(path_.c_str(), path.c_str()) == 0) return true;
    if (errno == EEXIST) return false;
    // Some file systems have no links.
    return renameat2(AT_FDCWD, path_.c_str(), AT_FDCWD, path.c_str(),
                     RENAME_NOREPLACE) == 0;
  }

 private:
  std::string path_;
  int descriptor_;
};

[[noreturn]] void fail_as_present(const std::string& path) {
  throw UnitError("the file " + quoted(path) +
                      " exists already, and is not overwritten; give another message "
                      "or --rev-id",
                  path);
}

}  // namespace

std::string new_revision_id() { return random_hex(6); }

void check_revision_id(std::string_view id, unsigned version_num_length) {
  check_utf8("revision identifier", id);
  if (const auto illegal = illegal_characters(id); !illegal.empty()) {
    throw RevisionError(RevisionErrorKind::Revision,
                        "Character(s) " + quoted(join(illegal, ", ")) +
                            " not allowed in revision identifier " + quoted(id),
                        std::string(id));
  }
  if (id.empty()) {
    throw RevisionError(RevisionErrorKind::Revision, "a revision id must not be empty");
  }
  const std::size_t most = std::min<std::size_t>(version_num_length, kMaxIdLength);
  if (id.size() > most) {
    throw RevisionError(RevisionErrorKind::Revision,
                        "revision identifier " + quoted(id) + " is longer than the " +
                            std::to_string(most) +
                            " characters of the version table's column; see "
                            "'version_num_length'",
                        std::string(id));
  }
}

void check_branch_label(std::string_view label) {
  check_utf8("the branch label", label);
  if (const std::string fault = fault_of_id(label); !fault.empty()) {
    throw RevisionError(RevisionErrorKind::Revision,
                        "the branch label " + quoted(label) + " " + fault,
                        std::string(label));
  }
}

namespace {

// A name as the end of a function's.
std::string identifier_of(const std::string& name) {
  std::string identifier = name;
  for (char& c : identifier) {
    const bool is_word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                         (c >= '0' && c <= '9') || c == '_';
    if (!is_word) c = '_';
  }
  return identifier;
}

std::vector<TemplateValues> database_rounds(const NewUnit& unit) {
  std::vector<TemplateValues> rounds;
  for (const auto& name : unit.databases) {
    rounds.push_back({
        {"name",       name               },
        {"identifier", identifier_of(name)}
    });
  }
  return rounds;
}

TemplateValues values_of(const NewUnit& unit, const LocalTime& time) {
  const std::string message = unit.message.empty() ? "empty message" : unit.message;
  TemplateValues values = {
      {"comment",  comment_of(message)     },
      {"revision", unit.revision           },
      {"revises",  join(unit.down_revisions, ", ")},
      {"create_date",          render_date(time)                     },
      {"down_revision",          literals_of(unit.down_revisions)},
      {"branch_labels",          literals_of(unit.branch_labels)                     },
      {"depends_on",          literals_of(unit.depends_on) },
      {"includes",          lines_of(unit.includes)                       },
      {"upgrades",          lines_of(unit.upgrades) },
      {"downgrades",          lines_of(unit.downgrades)                     }
  };
  const auto own = values.size();
  for (const auto& [name, value] : unit.template_args) {
    for (std::size_t i = 0; i < own; ++i) {
      if (values[i].first != name && name != "databases") continue;
      throw UnitError("template_args cannot set " + quoted(name) +
                      ", which every unit has; take another name");
    }
    values.emplace_back(name, value);
  }
  return values;
}

}  // namespace

RenderedUnit render_unit(const UnitFormat& format, const NewUnit& unit) {
  check_ids("revision", {unit.revision});
  check_ids("down_revision", unit.down_revisions);
  check_ids("branch_labels", unit.branch_labels);
  check_ids("depends_on", unit.depends_on);
  const LocalTime time = local_time(unit.created, format.timezone);
  RenderedUnit rendered;
  rendered.path = path_of(format, unit, time);
  rendered.text =
      render_template(template_text(format.template_path), values_of(unit, time),
                      {
                          {"databases", database_rounds(unit)}
  });
  check_rendered(rendered, unit, format.template_path);
  rendered.missing_directories = missing_directories(folder_of(rendered.path));
  if (access(rendered.path.c_str(), F_OK) == 0) fail_as_present(rendered.path);
  return rendered;
}

void create_directories(const std::vector<std::string>& directories) {
  for (const std::string& directory : directories) {
    if (mkdir(directory.c_str(), 0777) != 0 && errno != EEXIST) {
      throw UnitError("cannot create " + quoted(directory) + ": " + system_message(),
                      directory);
    }
  }
}

void write_unit(const RenderedUnit& unit) {
  create_directories(unit.missing_directories);
  const TemporaryFile file(folder_of(unit.path));
  write_all(file.descriptor(), unit.text, unit.path);
  if (fsync(file.descriptor()) != 0) {
    throw UnitError("cannot write " + quoted(unit.path) + ": " + system_message(),
                    unit.path);
  }
  if (file.take_name(unit.path)) return;
  if (errno == EEXIST) fail_as_present(unit.path);
  throw UnitError("cannot write " + quoted(unit.path) + ": " + system_message(),
                  unit.path);
}

}  // namespace revise::script
