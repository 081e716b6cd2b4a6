#include "engine/driver/sqlite_pages.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

namespace revise::driver {

namespace {

constexpr std::size_t kHeaderSize = 100;
constexpr unsigned kInteriorPage = 5;
constexpr unsigned kLeafPage = 13;
// Of a damaged file they might lead in a circle.
constexpr std::size_t kMaxPages = 10000;

// Thrown and caught here alone: what is not plain is for a query to tell.
struct Unclear {};

// Numbers are stored with the highest byte first.
class Bytes {
 public:
  explicit Bytes(std::span<const unsigned char> bytes) : bytes_(bytes) {}

  std::size_t size() const { return bytes_.size(); }
  unsigned at(std::size_t place) const {
    if (place >= bytes_.size()) throw Unclear();
    return bytes_[place];
  }
  std::uint64_t number(std::size_t place, std::size_t size) const {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < size; ++i) value = value << 8 | at(place + i);
    return value;
  }
  // Moves `place` behind it. The longest ones are of no length that is met here.
  std::uint64_t varint(std::size_t& place) const {
    std::uint64_t value = 0;
    for (int i = 0; i < 8; ++i) {
      const unsigned byte = at(place++);
      value = value << 7 | (byte & 0x7f);
      if (byte < 0x80) return value;
    }
    throw Unclear();
  }
  Bytes from(std::size_t place, std::uint64_t size) const {
    if (place > bytes_.size()) throw Unclear();
    return Bytes(bytes_.subspan(place, static_cast<std::size_t>(std::min<std::uint64_t>(
                                           size, bytes_.size() - place))));
  }
  std::string_view text() const {
    return {reinterpret_cast<const char*>(bytes_.data()), bytes_.size()};
  }

 private:
  std::span<const unsigned char> bytes_;
};

// A column's value; `bytes` is shorter than `size` where the rest overflows the page.
struct Field {
  std::uint64_t type;
  std::uint64_t size;
  Bytes bytes;
};

std::string_view text_of(const Field& field) {
  if (field.type < 13 || field.type % 2 == 0 || field.bytes.size() != field.size) {
    throw Unclear();
  }
  return field.bytes.text();
}

std::uint64_t size_of(std::uint64_t type) {
  constexpr std::array<std::uint64_t, 12> kSizes = {0, 1, 2, 3, 4, 6, 8, 8};
  return type < kSizes.size() ? kSizes[type] : (type - 12) / 2;
}

std::vector<Field> fields_of(const Bytes& record) {
  std::vector<Field> fields;
  std::size_t place = 0;
  const std::uint64_t header = record.varint(place);
  std::uint64_t value = header;
  while (place < header) {
    const std::uint64_t type = record.varint(place);
    const std::uint64_t size = size_of(type);
    const auto start =
        static_cast<std::size_t>(std::min<std::uint64_t>(value, record.size()));
    fields.push_back({type, size, record.from(start, size)});
    value += size;
  }
  return fields;
}

class Pages {
 public:
  explicit Pages(sqlite3_file& file) : file_(file) {
    read(0, kHeaderSize);
    const Bytes header(buffer_);
    constexpr std::string_view kMagic{"SQLite format 3\0", 16};
    const bool is_rollback = header.at(18) == 1 && header.at(19) == 1;
    const bool is_utf8 = header.number(56, 4) == 1;
    if (header.from(0, kMagic.size()).text() != kMagic || !is_rollback || !is_utf8) {
      throw Unclear();
    }
    size_ = static_cast<std::size_t>(header.number(16, 2));
    if (size_ == 1) size_ = 65536;
    usable_ = size_ - header.at(20);
    if (usable_ < 480 || usable_ > size_) throw Unclear();
  }

  // Calls `visit(record)` for each row of the table whose tree begins at page `root`,
  // until it returns false.
  template <typename Visit>
  void for_each_record(std::uint64_t root, Visit visit) {
    std::vector<std::uint64_t> open{root};
    while (!open.empty()) {
      const std::uint64_t page = open.back();
      open.pop_back();
      read_page(page);
      const Bytes bytes(buffer_);
      const std::size_t start = page == 1 ? kHeaderSize : 0;
      const auto cells = static_cast<std::size_t>(bytes.number(start + 3, 2));
      const auto cell = [&](std::size_t place) {
        return static_cast<std::size_t>(bytes.number(place, 2));
      };
      if (bytes.at(start) == kInteriorPage) {
        open.push_back(bytes.number(start + 8, 4));
        for (std::size_t i = cells; i-- > 0;) {
          open.push_back(bytes.number(cell(start + 12 + 2 * i), 4));
        }
      } else if (bytes.at(start) == kLeafPage) {
        for (std::size_t i = 0; i < cells; ++i) {
          if (!visit(record(bytes, cell(start + 8 + 2 * i)))) return;
        }
      } else {
        throw Unclear();
      }
    }
  }

 private:
  void read(std::uint64_t offset, std::size_t size) {
    buffer_.resize(size);
    const int code =
        file_.pMethods->xRead(&file_, buffer_.data(), static_cast<int>(size),
                              static_cast<sqlite3_int64>(offset));
    if (code != SQLITE_OK) throw Unclear();
  }

  void read_page(std::uint64_t page) {
    if (page == 0 || ++met_ > kMaxPages) throw Unclear();
    read((page - 1) * size_, size_);
  }

  // As much of it as the page holds.
  Bytes record(const Bytes& page, std::size_t place) const {
    std::uint64_t size = page.varint(place);
    page.varint(place);  // the rowid
    if (size > usable_ - 35) {
      const std::uint64_t least = (usable_ - 12) * 32 / 255 - 23;
      const std::uint64_t kept = least + (size - least) % (usable_ - 4);
      size = kept <= usable_ - 35 ? kept : least;
    }
    return page.from(place, size);
  }

  sqlite3_file& file_;
  std::vector<unsigned char> buffer_;
  std::size_t size_ = 0;
  std::size_t usable_ = 0;
  std::size_t met_ = 0;
};

bool is_same_name(std::string_view one, std::string_view other) {
  return one.size() == other.size() &&
         sqlite3_strnicmp(one.data(), other.data(), static_cast<int>(one.size())) == 0;
}

// Rows of sqlite_schema: type, name, tbl_name, rootpage, sql.
std::uint64_t root_of(Pages& pages, std::string_view table, std::string_view column) {
  std::uint64_t root = 0;
  pages.for_each_record(1, [&](const Bytes& record) {
    const auto fields = fields_of(record);
    if (fields.size() != 5) throw Unclear();
    if (!is_same_name(text_of(fields[1]), table)) return true;
    const bool has_column = fields[4].bytes.text().find(column) != std::string::npos;
    const bool is_small = fields[3].type >= 1 && fields[3].type <= 4;
    if (text_of(fields[0]) != "table" || !has_column || !is_small) throw Unclear();
    root = fields[3].bytes.number(0, static_cast<std::size_t>(fields[3].size));
    return false;
  });
  return root;
}

}  // namespace

std::optional<std::vector<std::string>> find_texts_by_pages(sqlite3* database,
                                                            std::string_view table,
                                                            std::string_view column) {
  sqlite3_file* file = nullptr;
  const int code =
      sqlite3_file_control(database, "main", SQLITE_FCNTL_FILE_POINTER, &file);
  if (code != SQLITE_OK || file == nullptr || file->pMethods == nullptr) return {};
  try {
    Pages pages(*file);
    std::vector<std::string> texts;
    pages.for_each_record(root_of(pages, table, column), [&](const Bytes& record) {
      const auto fields = fields_of(record);
      if (fields.size() != 1) throw Unclear();
      texts.emplace_back(text_of(fields.front()));
      return true;
    });
    return texts;
  } catch (const Unclear&) {
    return {};
  }
}

}  // namespace revise::driver
