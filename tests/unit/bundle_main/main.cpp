/// What a bundle of the tests runs: prints its table and the statements of its units.

#include <cstdio>
#include <revise/operations.hpp>

#include "engine/unit/bundle.hpp"
#include "tests/unit/statement_sink.hpp"

namespace {

void print_list(const char* const* list) {
  for (; *list != nullptr; ++list) std::printf(" %s", *list);
}

void print_row(const revise::unit::BundleRow& row) {
  std::printf("%s", row.revision);
  print_list(row.down_revisions);
  std::printf(" |");
  print_list(row.branch_labels);
  std::printf(" |");
  print_list(row.depends_on);
  std::printf(" | %s | %s | %s |", row.path, row.doc, row.notes);
  if (row.entry != nullptr) {
    revise::testing::StatementSink sink;
    revise::Operations operations(sink);
    revise::unit::upgrade_of(revise::unit::unit_of(row))(operations);
    for (const auto& statement : sink.statements) std::printf(" %s", statement.c_str());
  }
  std::printf("\n");
}

}  // namespace

int main() {
  const auto* table = revise_bundle_table ? revise_bundle_table() : nullptr;
  if (table == nullptr) return 1;
  std::printf("%s: %s\n", table->name, table->ini);
  for (unsigned long i = 0; i < table->size; ++i) print_row(table->rows[i]);
  return 0;
}
