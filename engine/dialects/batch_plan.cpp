#include "engine/dialects/batch_plan.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/operations/batch.hpp"

namespace revise::dialects {

namespace {

using operations::AlterColumnOp;
using operations::BatchChange;
using Names = std::vector<std::string>;

bool changes_more_than_the_name(const BatchChange& change) {
  const auto& op = std::get<AlterColumnOp>(change.operation);
  return op.nullable.has_value() || op.comment.has_value() ||
         op.server_default.has_value() || op.type.has_value() ||
         !change.insert_before.empty() || !change.insert_after.empty();
}

// The names that columns had in this batch, each with the one it goes by now.
class Renamed {
 public:
  explicit Renamed(NameCase name_case) : name_case_(name_case) {}

  void rename(const std::string& before, const std::string& after) {
    for (auto& [old_name, name] : names_) {
      if (key(name) == key(before)) name = after;
    }
    names_.erase(key(after));
    names_[key(before)] = after;
  }
  void add(const std::string& column) { names_.erase(key(column)); }
  void follow(std::string& column) const {
    const auto found = names_.find(key(column));
    if (found != names_.end()) column = found->second;
  }
  void follow(Names& columns) const {
    for (std::string& column : columns) follow(column);
  }

 private:
  // Alike for names that the database takes for one.
  std::string key(const std::string& name) const {
    switch (name_case_) {
      case NameCase::Folded:
        return lower(name);
      case NameCase::Exact:
        return name;
    }
    return name;
  }

  NameCase name_case_;
  std::map<std::string, std::string> names_;  // key -> as it is now
};

// Names alone; SQL is the unit's own.
struct FollowConstraint {
  const Renamed& renamed;

  void operator()(schema::PrimaryKeyConstraint& key) const {
    renamed.follow(key.columns);
  }
  void operator()(schema::UniqueConstraint& key) const { renamed.follow(key.columns); }
  void operator()(schema::ForeignKeyConstraint& key) const {
    renamed.follow(key.columns);
  }
  void operator()(schema::CheckConstraint&) const {}
  void operator()(schema::ExcludeConstraint& exclude) const {
    for (auto& element : exclude.elements) {
      if (auto* column = std::get_if<std::string>(&element.column)) {
        renamed.follow(*column);
      }
    }
  }
};

struct Follow {
  Renamed& renamed;

  void operator()(operations::AddColumnOp& op) const { renamed.add(op.column.name); }
  void operator()(operations::DropColumnOp& op) const { renamed.follow(op.column); }
  void operator()(AlterColumnOp& op) const { renamed.follow(op.column); }
  void operator()(operations::CreateIndexOp& op) const {
    for (schema::IndexElement& element : op.index.elements) {
      if (auto* column = std::get_if<std::string>(&element)) renamed.follow(*column);
    }
  }
  void operator()(operations::AddConstraintOp& op) const {
    std::visit(FollowConstraint{renamed}, op.constraint);
  }
  void operator()(operations::DropIndexOp&) const {}
  void operator()(operations::DropConstraintOp&) const {}
  void operator()(operations::TableCommentOp&) const {}
  void operator()(operations::ExecuteOp&) const {}
};

// A rename stands alone afterwards; an alteration of nothing goes.
void part_renames(BatchChange change, Renamed& renamed, std::vector<BatchChange>& out) {
  std::visit(Follow{renamed}, change.operation);
  renamed.follow(change.insert_before);
  renamed.follow(change.insert_after);
  auto* alter = std::get_if<AlterColumnOp>(&change.operation);
  if (alter == nullptr) {
    out.push_back(std::move(change));
    return;
  }
  if (!alter->new_column_name.empty() && alter->new_column_name != alter->column) {
    const std::string name = alter->new_column_name;
    out.push_back({
        .operation = AlterColumnOp{.table = alter->table,
                                   .column = alter->column,
                                   .schema = alter->schema,
                                   .new_column_name = name}
    });
    renamed.rename(alter->column, name);
    alter->column = name;
  }
  alter->new_column_name.clear();
  if (changes_more_than_the_name(change)) out.push_back(std::move(change));
}

bool is_rename(const BatchChange& change) {
  const auto* alter = std::get_if<AlterColumnOp>(&change.operation);
  return alter != nullptr && !alter->new_column_name.empty();
}

// All that a change could mean a column by: names, and SQL to be searched for them.
struct TextsOf {
  Names operator()(const operations::AddColumnOp& op) const {
    Names texts = {op.column.name};
    if (op.column.computed.has_value()) texts.push_back(op.column.computed->sqltext);
    for (const auto& check : op.column.checks) texts.push_back(check.sqltext);
    for (const auto& key : op.column.foreign_keys) add(texts, key.referent_columns);
    return texts;
  }
  Names operator()(const operations::DropColumnOp& op) const { return {op.column}; }
  Names operator()(const AlterColumnOp& op) const {
    return {op.column, op.new_column_name};
  }
  Names operator()(const operations::CreateIndexOp& op) const {
    Names texts = {op.index.sqlite_where, op.index.postgresql_where};
    for (const schema::IndexElement& element : op.index.elements) {
      const auto* column = std::get_if<std::string>(&element);
      texts.push_back(column != nullptr ? *column
                                        : std::get<schema::Sql>(element).text);
    }
    return texts;
  }
  Names operator()(const operations::AddConstraintOp& op) const {
    return std::visit(*this, op.constraint);
  }
  Names operator()(const schema::PrimaryKeyConstraint& key) const {
    return key.columns;
  }
  Names operator()(const schema::UniqueConstraint& key) const { return key.columns; }
  Names operator()(const schema::CheckConstraint& check) const {
    return {check.sqltext};
  }
  Names operator()(const schema::ForeignKeyConstraint& key) const {
    Names texts = key.columns;
    add(texts, key.referent_columns);
    return texts;
  }
  Names operator()(const schema::ExcludeConstraint& exclude) const {
    Names texts = {exclude.where};
    for (const auto& element : exclude.elements) {
      const auto* column = std::get_if<std::string>(&element.column);
      texts.push_back(column != nullptr ? *column
                                        : std::get<schema::Sql>(element.column).text);
    }
    return texts;
  }
  Names operator()(const operations::DropIndexOp&) const { return {}; }
  Names operator()(const operations::DropConstraintOp&) const { return {}; }
  Names operator()(const operations::TableCommentOp&) const { return {}; }
  Names operator()(const operations::ExecuteOp& op) const { return {op.sql}; }

 private:
  static void add(Names& to, const Names& more) {
    to.insert(to.end(), more.begin(), more.end());
  }
};

// Anywhere in its texts, also where it is no name: then the change only stays where it
// was asked for.
bool mentions(const BatchChange& change, const std::string& name) {
  if (std::holds_alternative<operations::ExecuteOp>(change.operation)) return true;
  Names texts = std::visit(TextsOf{}, change.operation);
  texts.push_back(change.insert_before);
  texts.push_back(change.insert_after);
  return std::any_of(texts.begin(), texts.end(), [&](const std::string& text) {
    return lower(text).find(lower(name)) != std::string::npos;
  });
}

Stage::Kind kind_of(const BatchChange& change) {
  if (is_rename(change)) return Stage::Kind::Rename;
  return std::holds_alternative<operations::ExecuteOp>(change.operation)
             ? Stage::Kind::Statement
             : Stage::Kind::Edit;
}

// Past all changes that are made at once, or not at all: a rename among them would part
// what may be right only when it is done together.
void hoist_renames(std::vector<BatchChange>& changes) {
  for (std::size_t i = 0; i < changes.size(); ++i) {
    if (!is_rename(changes[i])) continue;
    const auto& op = std::get<AlterColumnOp>(changes[i].operation);
    std::size_t to = i;
    while (to > 0 && !mentions(changes[to - 1], op.column) &&
           !mentions(changes[to - 1], op.new_column_name)) {
      --to;
    }
    while (to > 0 && to < i && kind_of(changes[to - 1]) == Stage::Kind::Edit) ++to;
    const auto first = changes.begin() + static_cast<std::ptrdiff_t>(to);
    const auto last = changes.begin() + static_cast<std::ptrdiff_t>(i);
    std::rotate(first, last, last + 1);
  }
}

std::vector<BatchChange> changes_of(const operations::BatchAlterTableOp& batch,
                                    Renamed& renamed) {
  std::vector<BatchChange> changes;
  for (const BatchChange& change : batch.changes) {
    part_renames(change, renamed, changes);
  }
  return changes;
}

// Those of SQLite are nothing to other databases, as in Alembic.
void refuse_options(const schema::TableOptions& options) {
  if (options.postgresql_inherits.empty() && options.postgresql_on_commit.empty() &&
      options.postgresql_partition_by.empty() &&
      options.postgresql_tablespace.empty() && options.postgresql_using.empty()) {
    return;
  }
  throw UnitError(
      "'table_kwargs' are for a table made anew, and on PostgreSQL recreate = \"auto\" "
      "changes it in place; leave those that begin with postgresql_ out");
}

}  // namespace

std::vector<Stage> plan_batch(const operations::BatchAlterTableOp& batch,
                              NameCase name_case) {
  Renamed renamed(name_case);
  auto changes = changes_of(batch, renamed);
  hoist_renames(changes);
  std::vector<Stage> stages;
  for (BatchChange& change : changes) {
    const Stage::Kind kind = kind_of(change);
    const bool continues = kind == Stage::Kind::Edit && !stages.empty() &&
                           stages.back().kind == Stage::Kind::Edit;
    if (!continues) stages.push_back({.kind = kind});
    stages.back().changes.push_back(std::move(change));
  }
  return stages;
}

std::vector<Names> final_order(const operations::BatchAlterTableOp& batch,
                               NameCase name_case) {
  Renamed renamed(name_case);
  changes_of(batch, renamed);
  auto order = batch.partial_reordering;
  for (Names& row : order) renamed.follow(row);
  return order;
}

std::vector<BatchChange> ordered_changes(const operations::BatchAlterTableOp& batch) {
  Renamed renamed(NameCase::Exact);
  return changes_of(batch, renamed);
}

std::string temporary_name(const std::string& table, std::size_t max_bytes) {
  constexpr std::size_t kCharacters = 50;
  const std::string name = "_alembic_tmp_" + table;
  std::size_t end = 0;  // of the last character that goes with it
  std::size_t characters = 0;
  for (std::size_t at = 0; at <= name.size(); ++at) {
    const bool is_inside =
        at < name.size() && (static_cast<unsigned char>(name[at]) & 0xc0) == 0x80;
    if (is_inside) continue;
    if (max_bytes != 0 && at > max_bytes) break;
    end = at;
    if (characters++ == kCharacters) break;
  }
  return name.substr(0, end);
}

void refuse_leftover(const std::string& temporary_name, const std::string& table) {
  throw DatabaseError("there is a table " + quoted(temporary_name) +
                      " already, left from an earlier batch on " + quoted(table) +
                      "; see whether anything in it is missed, and drop it");
}

void refuse_places(const operations::BatchAlterTableOp& batch) {
  for (const BatchChange& change : batch.changes) {
    if (change.insert_before.empty() && change.insert_after.empty()) continue;
    throw UnitError(
        "Can't specify insert_before or insert_after when using ALTER; please specify "
        "recreate='always'");
  }
}

std::vector<operations::Operation> plain_operations(
    const operations::BatchAlterTableOp& batch) {
  refuse_places(batch);
  refuse_options(batch.table_kwargs);
  std::vector<operations::Operation> plain;
  for (const BatchChange& change : ordered_changes(batch)) {
    plain.push_back(operations::operation_of(change.operation));
  }
  return plain;
}

}  // namespace revise::dialects
