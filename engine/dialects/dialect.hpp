/// How a database spells operations, names and values.
///
/// Sending what is rendered is the driver's business; transactions and locks are the
/// runner's.

#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/dialects/live.hpp"
#include "engine/driver/connection.hpp"
#include "engine/operations/operation.hpp"

namespace revise::dialects {

/// SQL to send. At most one of `parameters` and `rows` is not empty.
struct Statement {
  std::string sql = {};  ///< without a final semicolon, unless the unit wrote one
  std::vector<driver::Value> parameters = {};  ///< for the placeholders, in order
  std::vector<driver::Row> rows = {};  ///< once for each: Connection::execute_many
};

/// What a step does about types besides an operation: StepTypes puts it together.
struct TypeCare {
  std::string note = {};  ///< keeps in mind what `operation` may leave; empty: nothing
  bool makes_types = false;
  std::vector<std::string> before = {};  ///< makes types that are not there
  std::optional<operations::Operation> instead = {};  ///< which makes none
};

class Dialect {
 public:
  virtual ~Dialect();

  /// "sqlite" or "postgresql".
  virtual std::string_view name() const = 0;

  /// What to send for `operation`, in order; may be none. Throws UnsupportedError on
  /// what this database cannot do, UnitError on what makes no sense on any.
  virtual std::vector<Statement> render(
      const operations::Operation& operation) const = 0;

  /// Makes the changes of a batch on a database. Throws as render() does, DatabaseError
  /// on what the database refuses.
  virtual void run_batch(const operations::BatchAlterTableOp& batch,
                         const Live& live) const = 0;

  /// `sql` with each `:name` replaced by a placeholder. Without parameters it stays as
  /// it is. Throws UnitError on a parameter that is missing or not used.
  virtual Statement bind(std::string_view sql,
                         std::span<const operations::NamedValue> parameters) const = 0;

  /// `value` as it stands in SQL, for scripts.
  virtual std::string literal(const driver::Value& value) const = 0;

  /// `identifier` as it stands in SQL: quoted where SQLAlchemy quotes it. Throws
  /// UnsupportedError on a name that is longer than the database allows, or empty.
  virtual std::string quote(std::string_view identifier) const = 0;

  /// The most bytes that a name may have; 0: any number.
  virtual std::size_t max_name_bytes() const = 0;

  /// `schema`.`name`, quoted as needed; `schema` empty: the name alone.
  std::string qualified(std::string_view schema, std::string_view name) const;

  /// The same with values written out: what --sql prints, one statement each.
  virtual std::vector<std::string> render_script(
      const operations::Operation& operation) const = 0;

  /// For databases where types have names of their own; nothing elsewhere.
  virtual TypeCare care_for_types(const operations::Operation&) const { return {}; }
  /// Drops of all that was noted what nothing uses.
  virtual std::string drop_left_types() const { return {}; }
};

/// The dialect of that name. Throws UnsupportedError that names those there are.
const Dialect& dialect_named(std::string_view name);

/// All dialects there are, in the order of their names.
std::span<const Dialect* const> all_dialects();

}  // namespace revise::dialects
