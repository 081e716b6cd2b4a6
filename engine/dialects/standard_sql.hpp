/// What all databases here spell alike; each dialect's render puts it together.
///
/// The texts are those that SQLAlchemy 2.0 and Alembic 1.19 print.

#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/dialects/dialect.hpp"

namespace revise::dialects {

/// "a, b", quoted as needed.
std::string name_list(const Dialect& dialect, const std::vector<std::string>& names);

/// A column's own name; its `quote` is honoured.
std::string column_name(const Dialect& dialect, const schema::Column& column);

/// An index's own name; its `quote` is honoured.
std::string index_name(const Dialect& dialect, const schema::Index& index);

/// "CONSTRAINT name ", or nothing for none.
std::string constraint_preamble(const Dialect& dialect, const std::string& name);

/// " DEFERRABLE INITIALLY DEFERRED" and the like, or nothing.
std::string deferral_text(const schema::Deferral& deferral);

/// "[CONSTRAINT x ]FOREIGN KEY(a) REFERENCES t (b) ..."; `referent` is the table as it
/// is to be printed.
std::string foreign_key_text(const Dialect& dialect,
                             const schema::ForeignKeyConstraint& key,
                             const std::string& referent);

/// " MATCH x ON DELETE y ON UPDATE z DEFERRABLE ...". Throws UnitError on an action
/// that SQL does not have.
std::string references_suffix(const schema::ForeignKeyConstraint& key);

/// "[CONSTRAINT x ]CHECK (a > 5)[ DEFERRABLE]".
std::string check_text(const Dialect& dialect, const schema::CheckConstraint& check);

/// Throws UnsupportedError with Alembic's words on a column that would become computed,
/// or cease to be.
[[noreturn]] void refuse_computed();

/// What stands after DEFAULT.
std::string default_text(const schema::ServerDefault& server_default);

/// The query of a view, or the body of a trigger, for more to follow: its last `;`
/// taken off, and a comment at its end, which would swallow what follows, ended.
std::string query_of(const std::string& definition);

/// "a, lower(b)".
std::string index_columns(const Dialect& dialect, const schema::Index& index);

/// The name of the CHECK that a column's type brings along.
std::string type_check_name(const schema::Column& column, const std::string& type_name);

/// "IN ('a', 'b')" for the CHECK of an Enum, or nothing of another type.
std::optional<schema::CheckConstraint> enum_check(const Dialect& dialect,
                                                  const schema::Column& column);

/// CREATE TABLE with `parts` (columns, then constraints) one a line; `suffix` follows
/// the closing parenthesis.
std::string create_table_text(const Dialect& dialect,
                              const operations::CreateTableOp& op,
                              const std::vector<std::string>& parts,
                              const std::string& suffix);

std::string drop_table_text(const Dialect& dialect, const operations::DropTableOp& op);
std::string rename_table_text(const Dialect& dialect,
                              const operations::RenameTableOp& op);
std::string drop_column_text(const Dialect& dialect,
                             const operations::DropColumnOp& op);

/// INSERT with a value for each column, `values` as they are to be printed.
std::string insert_text(const Dialect& dialect, const operations::BulkInsertOp& op,
                        const std::vector<std::string>& values);

/// One INSERT a row, values written out.
std::vector<std::string> insert_script(const Dialect& dialect,
                                       const operations::BulkInsertOp& op);

}  // namespace revise::dialects
