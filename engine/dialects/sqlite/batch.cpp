#include "engine/dialects/sqlite/batch.hpp"

#include <algorithm>
#include <memory>
#include <optional>

#include "engine/core/error.hpp"
#include "engine/core/log.hpp"
#include "engine/core/text.hpp"
#include "engine/dialects/batch_plan.hpp"
#include "engine/dialects/sqlite/batch_needs.hpp"
#include "engine/dialects/sqlite/copied_table.hpp"
#include "engine/dialects/sqlite/object_check.hpp"
#include "engine/dialects/sqlite/rebuild.hpp"
#include "engine/dialects/sqlite/script_database.hpp"
#include "engine/dialects/sqlite/stored_table.hpp"
#include "engine/dialects/sqlite/table_changes.hpp"
#include "engine/operations/batch.hpp"

namespace revise::sqlite {

namespace {

using dialects::Stage;
using operations::BatchAlterTableOp;
using operations::Recreate;

bool has_place(const Stage& stage) {
  return std::any_of(stage.changes.begin(), stage.changes.end(),
                     [](const operations::BatchChange& change) {
                       return !change.insert_before.empty() ||
                              !change.insert_after.empty();
                     });
}

void refuse_options(const BatchAlterTableOp& batch) {
  if (!has_options(batch.table_kwargs)) return;
  throw UnitError(
      "'table_kwargs' are for a table made anew, which recreate = \"never\" rules out; "
      "leave one of them out");
}

// The stages, and which of them make the table anew.
class Plan {
 public:
  Plan(const dialects::Dialect& dialect, const BatchAlterTableOp& batch)
      : dialect_(dialect),
        batch_(batch),
        stages_(dialects::plan_batch(batch, dialects::NameCase::Folded)) {
    is_rebuilt_ = batch.recreate != Recreate::Never &&
                  (batch.recreate == Recreate::Always || has_table_arguments(batch) ||
                   !batch.reflect_args.empty() ||
                   std::any_of(stages_.begin(), stages_.end(), [&](const Stage& stage) {
                     return needs_rebuild(dialect, stage);
                   }));
    if (!is_rebuilt_) {
      dialects::refuse_places(batch);
      refuse_options(batch);
      return;
    }
    // What is told of the table before all changes has the columns' old names.
    is_told_before_ = has(Stage::Kind::Rename) &&
                      (!batch.reflect_args.empty() || !batch.naming_convention.empty());
    if (is_told_before_ && stages_.front().kind != Stage::Kind::Edit) {
      stages_.insert(stages_.begin(), {.kind = Stage::Kind::Edit});
    }
    // What the arguments say is about the table after all changes.
    const bool needs_last =
        stages_.empty() || (stages_.back().kind != Stage::Kind::Edit &&
                            (has_last_arguments() || !has(Stage::Kind::Edit)));
    if (needs_last) stages_.push_back({.kind = Stage::Kind::Edit});
  }

  bool is_rebuilt() const { return is_rebuilt_; }
  const std::vector<Stage>& stages() const { return stages_; }
  bool is_last(std::size_t stage) const { return stage + 1 == stages_.size(); }
  bool rebuilds(std::size_t stage) const {
    const Stage& edit = stages_[stage];
    if (!is_rebuilt_ || edit.kind != Stage::Kind::Edit) return false;
    return batch_.recreate == Recreate::Always || has_place(edit) ||
           (stage == 0 && is_told_before_) || needs_rebuild(dialect_, edit) ||
           (is_last(stage) && has_last_arguments());
  }

 private:
  bool has_last_arguments() const {
    return has_table_arguments(batch_) ||
           (!batch_.reflect_args.empty() && !is_told_before_);
  }
  bool has(Stage::Kind kind) const {
    return std::any_of(stages_.begin(), stages_.end(),
                       [&](const Stage& stage) { return stage.kind == kind; });
  }

  const dialects::Dialect& dialect_;
  const BatchAlterTableOp& batch_;
  std::vector<Stage> stages_;
  bool is_rebuilt_ = false;
  bool is_told_before_ = false;
};

class Batch {
 public:
  Batch(const dialects::Dialect& dialect, const BatchAlterTableOp& batch,
        const dialects::Live& live)
      : dialect_(dialect), batch_(batch), live_(live), plan_(dialect, batch) {
    if (plan_.is_rebuilt() && batch.copy_from.has_value()) {
      described_ = std::make_unique<ScriptDatabase>(dialect, batch);
    }
  }

  bool is_rebuilt() const { return plan_.is_rebuilt(); }
  void run();

 private:
  void run_stages();
  void make_anew(std::size_t stage);
  void make_in_place(const operations::BatchChange& change);

  const dialects::Dialect& dialect_;
  const BatchAlterTableOp& batch_;
  const dialects::Live& live_;
  Plan plan_;
  /// What copy_from says, followed by the changes that were made so far in place; until
  /// the table is made anew for the first time.
  std::unique_ptr<ScriptDatabase> described_;
  bool is_first_ = true;
};

void Batch::make_anew(std::size_t stage) {
  const StoredTable stored = read_table(dialect_, live_, batch_.schema, batch_.table);
  TableDraft draft = draft_of(dialect_, stored.schema, stored.definition,
                              stored.indexes, stored.triggers);
  if (is_first_) {
    if (described_) {
      copy_from(dialect_, draft,
                read_table(dialect_, described_->live(), batch_.schema, batch_.table));
    }
    apply_overrides(dialect_, draft, batch_);
    described_.reset();
    is_first_ = false;
  }
  for (const auto& change : plan_.stages()[stage].changes) {
    apply_change(dialect_, draft, change);
  }
  if (plan_.is_last(stage)) apply_arguments(dialect_, draft, batch_);
  rebuild(dialect_, draft, live_);
}

void Batch::make_in_place(const operations::BatchChange& change) {
  const auto operation = operations::operation_of(change.operation);
  try {
    live_.apply(operation);
    if (described_) described_->live().apply(operation);
  } catch (DatabaseError& error) {
    // RENAME COLUMN looks into every view and trigger.
    add_way_out(error);
    throw;
  }
}

void Batch::run_stages() {
  for (std::size_t i = 0; i < plan_.stages().size(); ++i) {
    if (plan_.rebuilds(i)) {
      make_anew(i);
      continue;
    }
    for (const auto& change : plan_.stages()[i].changes) make_in_place(change);
  }
}

void Batch::run() {
  if (!plan_.is_rebuilt()) {
    run_stages();
    return;
  }
  const auto stored = read_table(dialect_, live_, batch_.schema, batch_.table);
  ObjectCheck objects(dialect_, live_, stored.schema, stored.definition.name);
  objects.run_before();
  run_stages();
  objects.run_after();
}

// Inside a transaction the pragma does nothing, and DROP TABLE would then delete what
// refers to the rows.
class ForeignKeysOff {
 public:
  ForeignKeysOff(const dialects::Live& live, const BatchAlterTableOp& batch)
      : live_(live) {
    if (!is_on()) return;
    live_.aside("PRAGMA foreign_keys = OFF");
    was_on_ = true;
    if (!is_on()) return;
    was_on_ = false;
    const auto schema = batch.schema.empty() ? std::string("main") : batch.schema;
    const auto referring = read_referring_tables(live_, schema, batch.table);
    if (referring.empty()) return;
    throw UnsupportedError(
        "table " + quoted(batch.table) +
        " cannot be made anew while foreign_keys is on: the rows of " +
        join(referring, ", ") +
        " that refer to it would be deleted; take the setting 'foreign_keys' out");
  }
  ~ForeignKeysOff() {
    if (!was_on_) return;
    try {
      live_.aside("PRAGMA foreign_keys = ON");
    } catch (const Error& error) {
      log::warning("revise.dialects.sqlite", error.what());
    }
  }
  ForeignKeysOff(const ForeignKeysOff&) = delete;
  ForeignKeysOff& operator=(const ForeignKeysOff&) = delete;

 private:
  bool is_on() const {
    const auto result = live_.read("PRAGMA foreign_keys");
    return std::get<std::int64_t>(result.rows.at(0).at(0)) != 0;
  }

  const dialects::Live& live_;
  bool was_on_ = false;
};

void undo(const dialects::Live& live) {
  try {
    live.aside("ROLLBACK TO revise_batch; RELEASE revise_batch");
  } catch (const Error& error) {
    // A full disk, for one, has rolled back the whole transaction already.
    log::debug("revise.dialects.sqlite", error.what());
  }
}

}  // namespace

void run_batch(const dialects::Dialect& dialect, const BatchAlterTableOp& asked,
               const dialects::Live& live) {
  const BatchAlterTableOp batch = with_types_of_copy(asked);
  Batch work(dialect, batch, live);
  std::optional<ForeignKeysOff> foreign_keys;
  if (work.is_rebuilt()) foreign_keys.emplace(live, batch);
  live.aside("SAVEPOINT revise_batch");
  try {
    work.run();
    live.aside("RELEASE revise_batch");
  } catch (...) {
    undo(live);
    throw;
  }
}

std::vector<std::string> batch_script(const dialects::Dialect& dialect,
                                      const BatchAlterTableOp& batch) {
  const Plan plan(dialect, batch);
  if (plan.is_rebuilt() && !batch.copy_from.has_value()) {
    // Alembic's own words, but for the language.
    throw UnsupportedError(
        "This operation cannot proceed in --sql mode; batch mode with dialect sqlite "
        "requires a live database connection with which to reflect the table \"" +
        batch.table +
        "\". To generate a batch SQL migration script using table \"move and copy\", a "
        "complete Table object should be passed to the \"copy_from\" argument of the "
        "batch_alter_table() method so that table reflection can be skipped.");
  }
  ScriptDatabase database(dialect, batch);
  BatchAlterTableOp known = with_types_of_copy(batch);
  known.copy_from.reset();
  // A script may be outside any transaction, in a block of its own.
  if (plan.is_rebuilt()) database.live().aside("SAVEPOINT revise_batch");
  Batch(dialect, known, database.live()).run();
  if (plan.is_rebuilt()) database.live().aside("RELEASE revise_batch");
  return database.take_script();
}

}  // namespace revise::sqlite
