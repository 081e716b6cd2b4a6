/// What ANALYZE found out about a table, which goes when the table is dropped.
/// https://sqlite.org/fileformat2.html#the_sqlite_stat1_table

#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/dialects/dialect.hpp"

namespace revise::sqlite {

class Statistics {
 public:
  /// Reads them. All must outlive it.
  Statistics(const dialects::Dialect& dialect, const dialects::Live& live,
             const std::string& schema, const std::string& table);

  /// Writes those again that are about the table itself, or about an index that is the
  /// same as before: its columns, their types and collations, its predicate.
  void restore() const;

 private:
  using Indexes = std::map<std::string, std::string>;  // by name: what they are like

  Indexes read_indexes() const;
  bool is_kept(const std::string& index, const Indexes& now) const;
  std::vector<driver::Row> read_rows(const std::string& statistics) const;

  const dialects::Dialect& dialect_;
  const dialects::Live& live_;
  std::string schema_;
  std::string table_;
  Indexes indexes_ = {};
  std::map<std::string, std::vector<driver::Row>> rows_ = {};  // by statistics table
};

}  // namespace revise::sqlite
