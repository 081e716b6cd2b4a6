#include "engine/config/keys.hpp"

#include <algorithm>

namespace revise::config {

namespace {

using Where = Key::Where;
using Type = Key::Type;

constexpr std::int64_t kMaxSlug = 255;     // a file's name has no more bytes
constexpr std::int64_t kMaxVersion = 255;  // as long an id as a unit may have
constexpr std::int64_t kMaxJobs = 1024;

// clang-format off
constexpr Key kKeys[] = {
    {"script_location", Where::Alembic, Type::Text, "",
     "the script directory: a folder, or package:folder", nullptr},
    {"file_template", Where::Alembic, Type::Text, "%%(rev)s_%%(slug)s",
     "how new files are named",
     [](Settings& s, const KeyValue& v) {
       if (!v.text.empty()) s.script.file_template = v.text;
     }},
    {"timezone", Where::Alembic, Type::Text, "",
     "in which zone Create Date is written; empty: local time",
     [](Settings& s, const KeyValue& v) { s.script.timezone = v.text; }},
    {"truncate_slug_length", Where::Alembic, Type::Integer, "40",
     "how long the message may be in a file's name",
     [](Settings& s, const KeyValue& v) {
       if (v.number != 0) s.script.truncate_slug_length = static_cast<int>(v.number);
     }, 0, kMaxSlug},
    {"prepend_sys_path", Where::Alembic, Type::Text, "",
     "where packages of package:folder are looked for", nullptr},
    {"version_locations", Where::Alembic, Type::Text, "",
     "the folders of units; else versions in the script directory", nullptr},
    {"path_separator", Where::Alembic, Type::Text, "",
     "what separates paths: os, space, newline, : or ;", nullptr},
    {"version_path_separator", Where::Alembic, Type::Text, "",
     "path_separator's older name, for version_locations", nullptr},
    {"recursive_version_locations", Where::Alembic, Type::TrueOnly, "false",
     "whether units are looked for in sub-folders too",
     [](Settings& s, const KeyValue& v) {
       s.script.recursive_version_locations = v.truth;
     }},
    {"sourceless", Where::Alembic, Type::TrueOnly, "false",
     "Python's own: no unit is without a source",
     [](Settings& s, const KeyValue& v) { s.script.sourceless = v.truth; }},
    {"revision_environment", Where::Alembic, Type::Boolean, "false",
     "whether revision and merge run env.cpp, for its template_args",
     [](Settings& s, const KeyValue& v) { s.script.revision_environment = v.truth; }},
    {"output_encoding", Where::Alembic, Type::Text, "utf-8",
     "of new files; nothing but utf-8 is written",
     [](Settings& s, const KeyValue& v) { s.script.output_encoding = v.text; }},
    {"sqlalchemy.url", Where::Alembic, Type::Text, "",
     "the database's URL", nullptr},
    {"databases", Where::Alembic, Type::List, "",
     "several databases: the sections that have their URLs",
     [](Settings& s, const KeyValue& v) { s.script.databases = v.list; }},

    {"version_table", Where::Revise, Type::Text, "alembic_version",
     "the name of the version table",
     [](Settings& s, const KeyValue& v) { s.run.version_table = v.text; }},
    {"version_table_schema", Where::Revise, Type::Text, "",
     "the schema that it is in; empty: the default schema",
     [](Settings& s, const KeyValue& v) { s.run.version_table_schema = v.text; }},
    {"version_num_length", Where::Revise, Type::Integer, "32",
     "how wide its column is when it is created",
     [](Settings& s, const KeyValue& v) {
       s.run.version_num_length = static_cast<int>(v.number);
     }, 1, kMaxVersion},
    {"version_table_pk", Where::Revise, Type::Boolean, "true",
     "whether its column is made the primary key",
     [](Settings& s, const KeyValue& v) { s.run.version_table_pk = v.truth; }},
    {"create_version_schema", Where::Revise, Type::Boolean, "false",
     "whether a version_table_schema that is absent is created",
     [](Settings& s, const KeyValue& v) { s.run.create_version_schema = v.truth; }},
    {"transaction_per_migration", Where::Revise, Type::Boolean, "false",
     "one transaction a revision instead of one a run",
     [](Settings& s, const KeyValue& v) { s.run.transaction_per_migration = v.truth; }},
    {"twophase", Where::Revise, Type::Boolean, "false",
     "PostgreSQL, several databases: commit all or none, by PREPARE TRANSACTION",
     [](Settings& s, const KeyValue& v) { s.run.twophase = v.truth; }},
    {"include_schemas", Where::Revise, Type::Boolean, "false",
     "whether all schemas are compared",
     [](Settings& s, const KeyValue& v) { s.compare.include_schemas = v.truth; }},
    {"render_as_batch", Where::Revise, Type::Boolean, "false",
     "whether autogenerate writes batch operations",
     [](Settings& s, const KeyValue& v) { s.compare.render_as_batch = v.truth; }},
    {"compare_type", Where::Revise, Type::Boolean, "true",
     "whether columns' types are compared",
     [](Settings& s, const KeyValue& v) { s.compare.compare_type = v.truth; }},
    {"compare_server_default", Where::Revise, Type::Boolean, "false",
     "whether server defaults are compared",
     [](Settings& s, const KeyValue& v) {
       s.compare.compare_server_default = v.truth;
     }},
    {"lock", Where::Revise, Type::Boolean, "true",
     "whether a run waits for others: a session's lock, or the version table's",
     [](Settings& s, const KeyValue& v) {
       s.run.lock = !v.text.empty() ? RunLock::Transaction
                    : v.truth       ? RunLock::Session
                                    : RunLock::None;
     }, 0, 0, "transaction"},
    {"wait_lock", Where::Revise, Type::Duration, "600",
     "how long a run waits for the lock; 0: not at all",
     [](Settings& s, const KeyValue& v) { s.run.wait_lock = v.duration; }},
    {"role", Where::Revise, Type::Text, "",
     "PostgreSQL: SET ROLE for a run",
     [](Settings& s, const KeyValue& v) { s.run.role = v.text; }},
    {"search_path", Where::Revise, Type::List, "",
     "PostgreSQL: search_path of a run",
     [](Settings& s, const KeyValue& v) { s.run.search_path = v.list; }},
    {"statement_timeout", Where::Revise, Type::Duration, "",
     "PostgreSQL: how long a statement may take",
     [](Settings& s, const KeyValue& v) { s.run.statement_timeout = v.duration; }},
    {"lock_timeout", Where::Revise, Type::Duration, "",
     "PostgreSQL: how long a statement may wait for a table's lock",
     [](Settings& s, const KeyValue& v) { s.run.lock_timeout = v.duration; }},
    {"busy_timeout", Where::Revise, Type::Duration, "",
     "SQLite: how long a statement waits for other processes",
     [](Settings& s, const KeyValue& v) { s.run.busy_timeout = v.duration; }},
    {"foreign_keys", Where::Revise, Type::Boolean, "",
     "SQLite: whether foreign keys are checked before a commit",
     [](Settings& s, const KeyValue& v) { s.run.foreign_keys = v.truth; }},
    {"env_file", Where::Revise, Type::Path, "",
     "a file of NAME=value lines, for each ${NAME} in sqlalchemy.url", nullptr},
    {"compiler", Where::Revise, Type::Text, "",
     "what compiles units; empty: the compiler that revise was built with",
     [](Settings& s, const KeyValue& v) { s.build.compiler = v.text; }},
    {"cxxflags", Where::Revise, Type::Words, "",
     "more options for it",
     [](Settings& s, const KeyValue& v) { s.build.cxxflags = v.list; }},
    {"include_directories", Where::Revise, Type::Paths, "",
     "more folders of headers",
     [](Settings& s, const KeyValue& v) { s.build.include_directories = v.list; }},
    {"libraries", Where::Revise, Type::Words, "",
     "what units are linked with: names, paths or -l options",
     [](Settings& s, const KeyValue& v) { s.build.libraries = v.list; }},
    {"build_directory", Where::Revise, Type::Path, "",
     "where compiled units are kept; empty: .revise beside the ini",
     [](Settings& s, const KeyValue& v) { s.build.build_directory = v.text; }},
    {"jobs", Where::Revise, Type::Integer, "0",
     "how many compilers run at once; 0: as many as processors",
     [](Settings& s, const KeyValue& v) { s.build.jobs = static_cast<int>(v.number); },
     0, kMaxJobs},
};
// clang-format on

// Levenshtein's distance, one row of its table at a time.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const auto changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, changed});
    }
  }
  return row[b.size()];
}

}  // namespace

std::span<const Key> keys() { return kKeys; }

const Key* find_key(Key::Where where, std::string_view name) {
  for (const auto& key : kKeys) {
    if (key.where == where && key.name == name) return &key;
  }
  return nullptr;
}

std::string_view nearest_key(Key::Where where, std::string_view misspelt) {
  std::string_view nearest;
  auto least = misspelt.size() / 3 + 2;  // further off is another word
  for (const auto& key : kKeys) {
    if (key.where != where) continue;
    const auto away = distance(key.name, misspelt);
    if (away < least) {
      least = away;
      nearest = key.name;
    }
  }
  return nearest;
}

}  // namespace revise::config
