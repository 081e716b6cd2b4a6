#include "engine/unit/index.hpp"

#include <algorithm>
#include <charconv>
#include <set>

#include "engine/core/text.hpp"

namespace revise::unit {

namespace {

constexpr std::string_view kFirstLine = "revise unit cache 1";
constexpr std::string_view kLastLine = "end";

// Switching between a few branches keeps what each has built.
constexpr std::size_t kUnitsPerSource = 4;
constexpr std::size_t kLibraries = 64;

using Fields = std::vector<std::string>;

std::string escaped(std::string_view text) {
  std::string line;
  line.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '\\':
        line += "\\\\";
        break;
      case '\t':
        line += "\\t";
        break;
      case '\n':
        line += "\\n";
        break;
      default:
        line += c;
    }
  }
  return line;
}

std::string unescaped(std::string_view line) {
  if (line.find('\\') == line.npos) return std::string(line);
  std::string text;
  text.reserve(line.size());
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] != '\\' || i + 1 == line.size()) {
      text += line[i];
      continue;
    }
    ++i;
    text += line[i] == 't' ? '\t' : line[i] == 'n' ? '\n' : line[i];
  }
  return text;
}

Fields fields_of(std::string_view line) {
  Fields fields;
  for (std::size_t start = 0; start <= line.size();) {
    const auto end = std::min(line.find('\t', start), line.size());
    fields.push_back(unescaped(line.substr(start, end - start)));
    start = end + 1;
  }
  return fields;
}

// Thrown and caught here alone: a damaged index is no error of anybody's.
struct Damaged {};

template <typename Number>
Number number(const std::string& field) {
  Number value{};
  const char* end = field.data() + field.size();
  const auto result = std::from_chars(field.data(), end, value);
  if (result.ec != std::errc() || result.ptr != end) throw Damaged();
  return value;
}

void append(std::string& line, std::string_view field) {
  line += '\t';
  line += escaped(field);
}

void append(std::string& line, const FileState& state) {
  append(line, std::to_string(state.size));
  append(line, std::to_string(state.inode));
  append(line, std::to_string(state.modified_ns));
  append(line, std::to_string(state.changed_ns));
}

FileState state_from(const Fields& fields, std::size_t first) {
  return {number<std::uint64_t>(fields.at(first)),
          number<std::uint64_t>(fields.at(first + 1)),
          number<std::int64_t>(fields.at(first + 2)),
          number<std::int64_t>(fields.at(first + 3))};
}

// The lists that units share, numbered as they come.
class Lists {
 public:
  void add(const Fields& fields) {
    auto list = std::make_shared<Dependencies>();
    for (std::size_t i = 1; i + 1 < fields.size(); i += 2) {
      list->emplace_back(fields[i], fields[i + 1]);
    }
    lists_.push_back(std::move(list));
  }

  const std::shared_ptr<const Dependencies>& at(std::size_t place) const {
    if (place >= lists_.size()) throw Damaged();
    return lists_[place];
  }

 private:
  std::vector<std::shared_ptr<const Dependencies>> lists_;
};

void parse_line(const Fields& fields, Index& index, Lists& lists) {
  const auto need = [&fields](std::size_t size) {
    if (fields.size() < size) throw Damaged();
  };
  const auto& kind = fields.front();
  if (kind == "file") {
    need(7);
    index.files[fields[1]] = {state_from(fields, 2), fields[6]};
  } else if (kind == "list") {
    lists.add(fields);
  } else if (kind == "unit") {
    need(7);
    index.units.push_back({fields[1], fields[2], fields[3], fields[4],
                           lists.at(number<std::size_t>(fields[5])), fields[6]});
  } else if (kind == "library") {
    need(3);
    index.libraries.push_back({
        fields[1], fields[2], {fields.begin() + 3, fields.end()}
    });
  } else if (kind == "compiler") {
    need(12);
    index.compilers.push_back({fields[1], state_from(fields, 2), fields[6],
                               state_from(fields, 7), fields[11]});
  } else {
    throw Damaged();
  }
}

// A list stands before the first unit that has it.
void append_units(std::string& text, const std::vector<CachedUnit>& units) {
  std::map<Dependencies, std::size_t> lists;
  for (const auto& unit : units) {
    const auto [list, is_new] = lists.try_emplace(*unit.dependencies, lists.size());
    if (is_new) {
      text += "list";
      for (const auto& [path, hash] : *unit.dependencies) {
        append(text, path);
        append(text, hash);
      }
      text += '\n';
    }
    text += "unit";
    append(text, unit.path);
    append(text, unit.environment);
    append(text, unit.symbol);
    append(text, unit.source_hash);
    append(text, std::to_string(list->second));
    append(text, unit.object);
    text += '\n';
  }
}

}  // namespace

Index parse_index(std::string_view text) {
  Index index;
  Lists lists;
  bool is_complete = false;
  bool is_first = true;
  try {
    for (std::size_t start = 0; start < text.size() && !is_complete;) {
      const auto end = std::min(text.find('\n', start), text.size());
      const auto line = text.substr(start, end - start);
      start = end + 1;
      if (is_first && line != kFirstLine) return {};
      if (line == kLastLine) is_complete = true;
      if (!is_first && !is_complete) parse_line(fields_of(line), index, lists);
      is_first = false;
    }
  } catch (const Damaged&) {
    return {};
  }
  return is_complete ? index : Index();
}

std::string render_index(const Index& index) {
  std::string text(kFirstLine);
  text += '\n';
  for (const auto& compiler : index.compilers) {
    text += "compiler";
    append(text, compiler.path);
    append(text, compiler.state);
    append(text, compiler.proper_path);
    append(text, compiler.proper_state);
    append(text, compiler.version);
    text += '\n';
  }
  for (const auto& [path, known] : index.files) {
    text += "file";
    append(text, path);
    append(text, known.state);
    append(text, known.hash);
    text += '\n';
  }
  append_units(text, index.units);
  for (const auto& library : index.libraries) {
    text += "library";
    append(text, library.key);
    append(text, library.environment);
    for (const auto& object : library.objects) append(text, object);
    text += '\n';
  }
  text += kLastLine;
  text += '\n';
  return text;
}

namespace {

void add_units(Index& index, const Index& news, std::vector<std::string>& dropped) {
  std::set<std::string_view> renewed;
  for (const auto& unit : news.units) renewed.insert(unit.object);
  std::erase_if(index.units, [&renewed](const CachedUnit& unit) {
    return renewed.count(unit.object) != 0;
  });
  index.units.insert(index.units.end(), news.units.begin(), news.units.end());
  std::map<std::string_view, std::size_t> seen;
  std::vector<CachedUnit> kept;
  for (auto unit = index.units.rbegin(); unit != index.units.rend(); ++unit) {
    if (++seen[unit->path] <= kUnitsPerSource) {
      kept.push_back(*unit);
    } else {
      dropped.push_back(unit->object + ".o");
    }
  }
  std::reverse(kept.begin(), kept.end());
  index.units = std::move(kept);
}

void add_libraries(Index& index, const Index& news, std::vector<std::string>& dropped) {
  for (const auto& library : news.libraries) {
    std::erase_if(index.libraries, [&library](const CachedLibrary& other) {
      return other.key == library.key;
    });
    index.libraries.push_back(library);
  }
  while (index.libraries.size() > kLibraries) {
    dropped.push_back(index.libraries.front().key + ".so");
    index.libraries.erase(index.libraries.begin());
  }
}

void drop_unused_files(Index& index) {
  std::set<std::string_view> used;
  std::set<const Dependencies*> lists;
  for (const auto& unit : index.units) {
    used.insert(unit.path);
    if (!lists.insert(unit.dependencies.get()).second) continue;
    for (const auto& [path, hash] : *unit.dependencies) used.insert(path);
  }
  std::erase_if(index.files,
                [&used](const auto& file) { return used.count(file.first) == 0; });
}

}  // namespace

Index merge_index(Index index, const Index& news, std::vector<std::string>& dropped) {
  for (const auto& [path, known] : news.files) index.files[path] = known;
  for (const auto& compiler : news.compilers) {
    std::erase_if(index.compilers, [&compiler](const CachedCompiler& other) {
      return other.path == compiler.path;
    });
    index.compilers.push_back(compiler);
  }
  add_units(index, news, dropped);
  add_libraries(index, news, dropped);
  drop_unused_files(index);
  return index;
}

}  // namespace revise::unit
