#include "engine/schema/table.hpp"

namespace revise::schema {

PrimaryKeyConstraint primary_key_of(const Table& table) {
  PrimaryKeyConstraint key;
  for (const Constraint& constraint : table.constraints) {
    const auto* written = std::get_if<PrimaryKeyConstraint>(&constraint);
    if (written != nullptr) key = *written;
  }
  if (!key.columns.empty()) return key;
  for (const Column& column : table.columns) {
    if (!column.primary_key) continue;
    // SQLAlchemy puts the column that counts up first (columns_autoinc_first).
    const bool counts_up = column.autoincrement == true;
    key.columns.insert(counts_up ? key.columns.begin() : key.columns.end(),
                       column.name);
  }
  return key;
}

}  // namespace revise::schema
