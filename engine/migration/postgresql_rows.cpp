#include "engine/migration/postgresql_rows.hpp"

#include <string>
#include <vector>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"

namespace revise::migration {

namespace {

// Fewer are inserted before the catalogue has been asked.
constexpr std::size_t kFewestToCopy = 200;

// COPY takes no view, fires no rule, bears no row security, and writes into an identity
// column that is GENERATED ALWAYS; a trigger would see all rows in one statement. A
// partition may have any of these of its own.
std::string means_the_same_sql(const dialects::Dialect& dialect,
                               const operations::BulkInsertOp& op) {
  std::vector<std::string> columns;
  for (const auto& name : op.columns) columns.push_back(dialect.literal(name));
  return "SELECT FROM pg_catalog.pg_class c WHERE c.oid = to_regclass(" +
         dialect.literal(dialect.qualified(op.schema, op.table)) +
         ") AND c.relkind = 'r' AND NOT c.relhasrules AND NOT c.relrowsecurity "
         "AND NOT EXISTS (SELECT FROM pg_catalog.pg_trigger t "
         "WHERE t.tgrelid = c.oid AND NOT t.tgisinternal) "
         "AND NOT EXISTS (SELECT FROM pg_catalog.pg_attribute a "
         "WHERE a.attrelid = c.oid AND a.attidentity = 'a' AND a.attname IN (" +
         join(columns, ", ") + "))";
}

std::string copy_sql(const dialects::Dialect& dialect,
                     const operations::BulkInsertOp& op) {
  std::vector<std::string> columns;
  for (const auto& name : op.columns) columns.push_back(dialect.quote(name));
  return "COPY " + dialect.qualified(op.schema, op.table) + " (" + join(columns, ", ") +
         ") FROM STDIN";
}

// What INSERT would be refused for as well; else a cancelled COPY would start again.
bool is_about_rows(const DatabaseError& error) {
  return !error.details().connection_lost &&
         (error.code().starts_with("22") || error.code().starts_with("23"));
}

// Of a row that COPY refuses it tells the number in a sentence, in the server's
// language: one INSERT a row finds it again, and says what INSERT says.
bool try_copy(driver::Connection& connection, const std::string& copy,
              std::span<const driver::Row> rows) {
  connection.execute("SAVEPOINT revise_rows");
  try {
    connection.copy_rows(copy, rows);
  } catch (const DatabaseError& error) {
    if (!is_about_rows(error)) throw;
    connection.execute(
        "ROLLBACK TO SAVEPOINT revise_rows; RELEASE SAVEPOINT revise_rows");
    return false;
  }
  connection.execute("RELEASE SAVEPOINT revise_rows");
  return true;
}

void insert_in_transaction(driver::Connection& connection,
                           const dialects::Dialect& dialect,
                           const operations::BulkInsertOp& op,
                           const dialects::Statement& insert) {
  const bool may_copy = op.multiinsert && insert.rows.size() >= kFewestToCopy &&
                        !connection.batch(means_the_same_sql(dialect, op)).rows.empty();
  if (may_copy && try_copy(connection, copy_sql(dialect, op), insert.rows)) return;
  connection.execute_many(insert.sql, insert.rows);
}

}  // namespace

void insert_rows(driver::Connection& connection, const dialects::Dialect& dialect,
                 const operations::BulkInsertOp& op,
                 const dialects::Statement& insert) {
  if (connection.in_transaction()) {
    insert_in_transaction(connection, dialect, op, insert);
    return;
  }
  connection.execute("BEGIN");
  try {
    insert_in_transaction(connection, dialect, op, insert);
  } catch (...) {
    if (connection.in_transaction()) connection.execute("ROLLBACK");
    throw;
  }
  connection.execute("COMMIT");
}

}  // namespace revise::migration
