/// Reads a small table of an SQLite file by the file's pages.
///
/// Before its first query SQLite parses the CREATE statement of everything that a
/// database holds, which on a large one costs more than all else of a run with nothing
/// to do. What is not perfectly plain here is left to a query.
/// https://sqlite.org/fileformat2.html

#pragma once

#include <sqlite3.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace revise::driver {

/// The texts in a table of one column, named `column`, in no order. Nothing where it
/// takes a query to tell: the table is absent or of another shape, or the file is in
/// WAL mode, damaged, in memory or not in UTF-8. A transaction that has read from
/// `database` must be open, so that nobody writes meanwhile and no journal is left to
/// be rolled back.
std::optional<std::vector<std::string>> find_texts_by_pages(sqlite3* database,
                                                            std::string_view table,
                                                            std::string_view column);

}  // namespace revise::driver
