/// A table and what hangs on it, as plain values from which SQL is written anew: what a
/// batch should come to is built from these, and never by a batch.
///
/// In SQL, `{3}` stands for the name of the column with that number.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tests/batch/random.hpp"

namespace revise::testing {

struct ModelColumn {
  int number = 0;
  std::string name = {};
  std::string type = {};
  std::string collation = {};
  bool not_null = false;
  std::string not_null_conflict = {};
  std::string default_value = {};  ///< SQL; empty: none
  std::string check = {};          ///< about this column alone
  std::string check_name = {};
  bool is_unique = false;
  std::string references = {};  ///< what follows REFERENCES
  std::string generated = {};   ///< an expression over others
  bool is_stored = false;
};

struct ModelConstraint {
  enum class Kind { PrimaryKey, Unique, Check, ForeignKey };
  Kind kind = Kind::Unique;
  std::string name = {};
  std::vector<int> columns = {};  ///< of a check: those that it mentions
  std::string rest = {};          ///< the check; what follows REFERENCES; ON CONFLICT
};

struct ModelIndex {
  std::string name = {};
  bool is_unique = false;
  std::vector<int> columns = {};    ///< by their names
  std::string expression = {};      ///< one more place; empty: none
  std::string where = {};           ///< empty: over all rows
  std::vector<int> mentioned = {};  ///< by the expression and the predicate
};

/// A trigger or a view: a statement, with `{t}` for the table's name.
struct ModelObject {
  std::string sql = {};
  std::vector<int> mentioned = {};
};

struct Model {
  std::string table = "t";
  std::vector<ModelColumn> columns = {};
  /// "key": INTEGER PRIMARY KEY of a column, "counter": with AUTOINCREMENT, "table": by
  /// a constraint, "none".
  std::string key = "none";
  int key_column = 0;
  std::vector<ModelConstraint> constraints = {};
  std::vector<ModelIndex> indexes = {};
  std::vector<ModelObject> objects = {};
  std::vector<std::string> others = {};    ///< tables beside it, with `{3}` and `{t}`
  std::vector<int> keys_of_children = {};  ///< columns that other tables refer to
  bool without_rowid = false;
  bool is_strict = false;
  int next_number = 1;

  ModelColumn* find(int number);
  const ModelColumn* find(int number) const;
};

/// How a name and the space between words are written.
struct Style {
  Random* random = nullptr;  ///< none: plainly

  std::string name(const std::string& name) const;
  std::string space() const;
};

/// `sql` with the names for their numbers.
std::string filled(const Model& model, const std::string& sql, const Style& style);

std::string create_table_sql(const Model& model, const Style& style);
std::string create_index_sql(const Model& model, const ModelIndex& index,
                             const Style& style);

/// Whether a row has a rowid that can be asked for.
std::string rowid_word(const Model& model);

}  // namespace revise::testing
