#include "tests/batch/random_batch.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "engine/core/text.hpp"
#include "tests/batch/random_model.hpp"

namespace revise::testing {

namespace {

using Kind = ModelConstraint::Kind;

bool has(const std::vector<int>& numbers, int number) {
  return std::find(numbers.begin(), numbers.end(), number) != numbers.end();
}

bool mentions(const std::string& sql, int number) {
  return sql.find("{" + std::to_string(number) + "}") != std::string::npos;
}

// Whether something beside the column itself is written in terms of it.
bool is_needed(const Model& model, int number) {
  if (has(model.keys_of_children, number)) return true;
  if (model.without_rowid && number == model.constraints[0].columns[0]) return true;
  for (const auto& column : model.columns) {
    if (mentions(column.generated, number) || mentions(column.references, number)) {
      return true;
    }
  }
  for (const auto& constraint : model.constraints) {
    if (constraint.kind != Kind::Check && has(constraint.columns, number)) continue;
    const bool is_alone = constraint.columns.size() == 1;
    if (!is_alone && has(constraint.columns, number)) return true;
  }
  for (const auto& index : model.indexes) {
    const bool others = index.mentioned.size() + index.columns.size() > 1;
    if (has(index.mentioned, number) && !has(index.columns, number) && others)
      return true;
  }
  return std::any_of(model.objects.begin(), model.objects.end(),
                     [&](const auto& object) { return has(object.mentioned, number); });
}

// As the README says of a column that is dropped.
void drop(Model& model, int number) {
  std::erase_if(model.columns,
                [&](const auto& column) { return column.number == number; });
  for (auto& constraint : model.constraints) {
    if (constraint.kind != Kind::PrimaryKey || constraint.columns.size() == 1) continue;
    std::erase(constraint.columns, number);
  }
  std::erase_if(model.constraints, [&](const auto& constraint) {
    return has(constraint.columns, number);
  });
  std::erase_if(model.indexes, [&](const auto& index) {
    return has(index.columns, number) || has(index.mentioned, number);
  });
  if (model.key_column == number) {
    model.key = "none";
    model.key_column = 0;
  }
}

// SQLAlchemy's classes of the types in these tests.
std::string class_of(const std::string& type) {
  if (type == "INTEGER" || type == "INT" || type == "big int(3)") return "integer";
  if (type == "TEXT" || type.starts_with("VARCHAR")) return "text";
  return type.empty() ? "none" : "number";
}

std::string other_case(std::string name) {
  for (char& c : name) {
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) c ^= 0x20;
  }
  return name;
}

class Maker {
 public:
  Maker(const Model& before, Random& random)
      : random_(random), first_new_(before.next_number) {
    batch_.after = before;
  }

  RandomBatch make();

 private:
  using Ask = std::function<void(BatchOperations&)>;

  void one_change();
  void rename();
  void rename(ModelColumn& column, const std::string& after);
  void rename_case();
  void swap_names();
  void nullable();
  void standard();
  void type();
  void drop_column();
  void add_column();
  void unique();
  void check();
  void foreign_key();
  void drop_constraint();
  void index();
  void drop_index();
  void reorder();

  Model& model() { return batch_.after; }
  ModelColumn& any_column() {
    return model().columns[static_cast<std::size_t>(
        random_.below(static_cast<int>(model().columns.size())))];
  }
  bool is_fixed(const ModelColumn& column) {
    return !column.generated.empty() || column.number == model().key_column;
  }
  void ask(const std::string& told, Ask asked) {
    batch_.told.push_back(told);
    batch_.asked.push_back(std::move(asked));
  }
  // SQLite takes names for one that differ in case.
  std::string spelt(const std::string& name) {
    return random_.chance(20) ? other_case(name) : name;
  }
  std::string fresh(const char* prefix) { return prefix + std::to_string(names_++); }

  Random& random_;
  int first_new_;  // the number of the first column that the batch adds
  RandomBatch batch_;
  int names_ = 0;
  std::set<std::pair<int, int>> followers_;  // a new column, and the one it follows
};

void Maker::rename() { rename(any_column(), new_name(model(), random_)); }

void Maker::rename_case() {
  ModelColumn& column = any_column();
  rename(column, other_case(column.name));
}

void Maker::swap_names() {
  ModelColumn& one = any_column();
  ModelColumn& two = any_column();
  if (one.number == two.number) return;
  const std::string first = one.name;
  const std::string second = two.name;
  rename(one, new_name(model(), random_));
  rename(two, first);
  rename(one, second);
}

void Maker::rename(ModelColumn& column, const std::string& after) {
  std::string before = spelt(column.name);
  if (before == after) before = column.name;  // else there would be nothing to do
  column.name = after;
  ask("rename " + before + " to " + after, [=](BatchOperations& op) {
    op.alter_column(before, {.new_column_name = after});
  });
}

void Maker::nullable() {
  ModelColumn& column = any_column();
  if (is_fixed(column)) return;
  const bool nullable = column.not_null;
  column.not_null = !nullable;
  column.not_null_conflict.clear();
  const std::string name = spelt(column.name);
  ask((nullable ? "nullable " : "not null ") + name,
      [=](BatchOperations& op) { op.alter_column(name, {.nullable = nullable}); });
}

// Not of a new column: which of two defaults its rows get depends on what lies between.
void Maker::standard() {
  ModelColumn& column = any_column();
  if (is_fixed(column) || column.number >= first_new_) return;
  const std::string name = spelt(column.name);
  const bool drops = random_.chance(40);
  column.default_value = drops ? "" : "'it''s'";
  ask((drops ? "no default " : "default ") + name, [=](BatchOperations& op) {
    if (drops) {
      op.alter_column(name, {.server_default = none});
    } else {
      op.alter_column(name, {.server_default = "it's"});
    }
  });
}

void Maker::type() {
  ModelColumn& column = any_column();
  if (is_fixed(column)) return;
  const std::string name = spelt(column.name);
  const bool is_text = random_.chance(50);
  const std::string type = is_text ? "TEXT" : "INTEGER";
  if (class_of(column.type) != class_of(type))
    batch_.casts[column.number] += " " + type;
  column.type = type;
  ask(name + " becomes " + type, [=](BatchOperations& op) {
    if (is_text) {
      op.alter_column(name, {.type_ = Text});
    } else {
      op.alter_column(name, {.type_ = Integer});
    }
  });
}

void Maker::drop_column() {
  const ModelColumn column = any_column();
  if (is_needed(model(), column.number) || model().columns.size() < 3) return;
  drop(model(), column.number);
  ask("drop " + column.name,
      [name = spelt(column.name)](BatchOperations& op) { op.drop_column(name); });
}

void Maker::add_column() {
  ModelColumn column{.number = model().next_number++,
                     .name = new_name(model(), random_),
                     .type = random_.chance(50) ? "TEXT" : "INTEGER"};
  if (random_.chance(60)) column.default_value = "'5'";
  column.not_null = !column.default_value.empty() && random_.chance(50);
  std::string after;
  std::size_t place = model().columns.size();
  if (batch_.recreates_always && random_.chance(60)) {
    place = static_cast<std::size_t>(random_.below(static_cast<int>(place)));
    const int leader = model().columns[place++].number;
    after = spelt(model().find(leader)->name);
    // Of several that follow one column, the first asked for comes first.
    while (place < model().columns.size() &&
           followers_.count({model().columns[place].number, leader}) != 0) {
      ++place;
    }
    followers_.insert({column.number, leader});
  }
  model().columns.insert(model().columns.begin() + static_cast<std::ptrdiff_t>(place),
                         column);
  ask("add " + column.name + " after " + after, [=](BatchOperations& op) {
    const ColumnOptions options{
        .nullable = !column.not_null,
        .server_default = column.default_value.empty() ? ServerDefault() : "5"};
    op.add_column(Column(column.name,
                         column.type == "TEXT" ? Type(Text) : Type(Integer), options),
                  {.insert_after = after.empty() ? Characters() : Characters(after)});
  });
}

void Maker::unique() {
  const ModelColumn column = any_column();
  const std::string name = fresh("new uq ");
  model().constraints.push_back(
      {.kind = Kind::Unique, .name = name, .columns = {column.number}});
  ask("unique " + column.name, [=, key = spelt(column.name)](BatchOperations& op) {
    op.create_unique_constraint(name, {key});
  });
}

void Maker::check() {
  const ModelColumn column = any_column();
  const std::string name = fresh("new ck ");
  const std::string sql = "{" + std::to_string(column.number) + "} IS NOT 6";
  model().constraints.push_back(
      {.kind = Kind::Check, .name = name, .columns = {column.number}, .rest = sql});
  ask("check " + column.name,
      [=, text = filled(model(), sql, {})](BatchOperations& op) {
        op.create_check_constraint(name, text);
      });
}

void Maker::foreign_key() {
  const ModelColumn column = any_column();
  if (!column.generated.empty()) return;
  const std::string name = fresh("new fk ");
  model().constraints.push_back({.kind = Kind::ForeignKey,
                                 .name = name,
                                 .columns = {column.number},
                                 .rest = "o (id) ON DELETE CASCADE"});
  ask("foreign key " + column.name, [=, key = spelt(column.name)](BatchOperations& op) {
    op.create_foreign_key(name, "o", {key}, {"id"}, {.ondelete = "CASCADE"});
  });
}

void Maker::drop_constraint() {
  for (auto& column : model().columns) {
    if (column.check_name.empty() || !random_.chance(50)) continue;
    const std::string name = column.check_name;
    column.check_name.clear();
    column.check.clear();
    ask("drop check " + name,
        [=](BatchOperations& op) { op.drop_constraint(name, "check"); });
    return;
  }
  auto& constraints = model().constraints;
  for (std::size_t i = 0; i < constraints.size(); ++i) {
    const bool is_key = constraints[i].kind == Kind::PrimaryKey;
    if (constraints[i].name.empty() || (is_key && model().without_rowid)) continue;
    const std::string name = constraints[i].name;
    constraints.erase(constraints.begin() + static_cast<std::ptrdiff_t>(i));
    if (is_key) model().key = "none";
    ask("drop constraint " + name,
        [=](BatchOperations& op) { op.drop_constraint(name); });
    return;
  }
}

void Maker::index() {
  const ModelColumn column = any_column();
  ModelIndex index{.name = fresh("new ix "), .columns = {column.number}};
  index.is_unique = random_.chance(20);
  if (random_.chance(40)) {
    index.where = "{" + std::to_string(column.number) + "} > 2";
    index.mentioned = {column.number};
  }
  model().indexes.push_back(index);
  const std::string where = filled(model(), index.where, {});
  ask("index " + column.name, [=, key = spelt(column.name)](BatchOperations& op) {
    op.create_index(index.name, {key},
                    {.unique = index.is_unique,
                     .sqlite_where = where.empty() ? TextClause() : TextClause(where)});
  });
}

void Maker::drop_index() {
  if (model().indexes.empty()) return;
  const std::string name = model().indexes.front().name;
  model().indexes.erase(model().indexes.begin());
  ask("drop index " + name, [=](BatchOperations& op) { op.drop_index(name); });
}

// All columns, so that there is one answer.
void Maker::reorder() {
  auto& columns = model().columns;
  for (std::size_t i = columns.size(); i > 1; --i) {
    std::swap(columns[i - 1],
              columns[static_cast<std::size_t>(random_.below(static_cast<int>(i)))]);
  }
  for (const auto& column : columns) batch_.order.push_back(spelt(column.name));
}

void Maker::one_change() {
  using Change = void (Maker::*)();
  static const std::vector<Change> kChanges = {static_cast<Change>(&Maker::rename),
                                               &Maker::rename_case,
                                               &Maker::swap_names,
                                               &Maker::nullable,
                                               &Maker::standard,
                                               &Maker::type,
                                               &Maker::drop_column,
                                               &Maker::drop_column,
                                               &Maker::add_column,
                                               &Maker::add_column,
                                               &Maker::unique,
                                               &Maker::check,
                                               &Maker::foreign_key,
                                               &Maker::drop_constraint,
                                               &Maker::index,
                                               &Maker::drop_index};
  (this->*random_.one_of(kChanges))();
}

RandomBatch Maker::make() {
  batch_.recreates_always = random_.chance(60);
  for (int count = random_.below(6); count > 0; --count) one_change();
  if (batch_.recreates_always && random_.chance(20)) reorder();
  return batch_;
}

}  // namespace

RandomBatch random_batch(const Model& before, Random& random) {
  return Maker(before, random).make();
}

}  // namespace revise::testing
