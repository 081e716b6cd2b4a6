#include "tests/batch/random_model.hpp"

#include <algorithm>

#include "engine/core/text.hpp"

namespace revise::testing {

namespace {

using Kind = ModelConstraint::Kind;

const std::vector<std::string> kNames = {
    "a",           "b",     "c",     "d",       "e1",  "b c",   "Select", "x\"y",
    "n\xc3\xa4me", "order", "group", "q'r",     "T2",  "rowid", "oid",    "check",
    "z,",          "(p)",   "--",    "default", "a.b", "`w",    "Foo",    "bAR"};

std::string placeholder(int number) { return "{" + std::to_string(number) + "}"; }

bool is_text(const ModelColumn& column) {
  return column.type == "TEXT" || column.type.starts_with("VARCHAR");
}

// A check that some rows of random values break.
std::string check_of(const ModelColumn& column) {
  return placeholder(column.number) + (is_text(column) ? " IS NOT 'zz'" : " IS NOT 4");
}

class Maker {
 public:
  explicit Maker(Random& random) : random_(random) {}

  Model make();

 private:
  void add_columns();
  void add_key();
  void add_generated();
  void add_constraints();
  void add_indexes();
  void add_tables();
  void add_objects();
  int any_column() {
    return model_
        .columns[static_cast<std::size_t>(
            random_.below(static_cast<int>(model_.columns.size())))]
        .number;
  }
  // One that a statement may set.
  int plain_column() {
    for (;;) {
      const int number = any_column();
      if (model_.find(number)->generated.empty()) return number;
    }
  }
  std::string some_name(const char* prefix) {
    return random_.chance(50)
               ? ""
               : prefix + std::to_string(names_++) + (random_.chance(30) ? " x" : "");
  }

  Random& random_;
  Model model_;
  int names_ = 0;
};

void Maker::add_columns() {
  const std::vector<std::string> types =
      model_.is_strict
          ? std::vector<std::string>{"INT", "TEXT", "REAL", "ANY", "INTEGER"}
          : std::vector<std::string>{"INTEGER", "INT", "TEXT",    "VARCHAR(10)",
                                     "REAL",    "",    "NUMERIC", "big int(3)"};
  for (int count = 2 + random_.below(5); count > 0; --count) {
    ModelColumn column{.number = model_.next_number++,
                       .name = new_name(model_, random_),
                       .type = random_.one_of(types)};
    if (is_text(column) && random_.chance(30)) column.collation = "NOCASE";
    if (random_.chance(30))
      column.default_value = is_text(column) ? "'d,)'" : "(1 + 1)";
    if (random_.chance(25)) {
      column.not_null = true;
      if (random_.chance(30)) column.not_null_conflict = "ON CONFLICT FAIL";
    }
    if (random_.chance(20)) {
      column.check = check_of(column);
      column.check_name = some_name("ck");
    }
    column.is_unique = random_.chance(10);
    model_.columns.push_back(column);
  }
}

void Maker::add_key() {
  const int choice = random_.below(6);
  if (choice < 2 && !model_.without_rowid) {
    ModelColumn& column = *model_.find(any_column());
    column = {.number = column.number, .name = column.name, .type = "INTEGER"};
    model_.key = choice == 0 ? "key" : "counter";
    model_.key_column = column.number;
  } else if (choice < 4 || model_.without_rowid) {
    ModelConstraint key{.kind = Kind::PrimaryKey,
                        .name = some_name("pk"),
                        .columns = {model_.columns[0].number}};
    if (random_.chance(40)) key.columns.push_back(model_.columns[1].number);
    model_.key = "table";
    model_.constraints.push_back(key);
  }
}

void Maker::add_generated() {
  if (!random_.chance(30)) return;
  const ModelColumn& from = *model_.find(plain_column());
  model_.columns.push_back({.number = model_.next_number++,
                            .name = new_name(model_, random_),
                            .type = model_.is_strict ? "ANY" : "",
                            .generated = placeholder(from.number) + " || ')'",
                            .is_stored = random_.chance(50)});
}

void Maker::add_constraints() {
  for (int count = random_.below(3); count > 0; --count) {
    const int one = plain_column();
    const int two = plain_column();
    ModelConstraint constraint{.name = some_name("cn"), .columns = {one}};
    switch (random_.below(3)) {
      case 0:
        if (one != two) constraint.columns.push_back(two);
        if (random_.chance(30)) constraint.rest = "ON CONFLICT IGNORE";
        break;
      case 1:
        constraint.kind = Kind::Check;
        constraint.rest = check_of(*model_.find(one));
        if (one != two) {
          constraint.columns.push_back(two);
          constraint.rest += " OR " + placeholder(two) + " IS NOT NULL";
        }
        break;
      default:
        constraint.kind = Kind::ForeignKey;
        constraint.rest = "o (id) ON DELETE SET NULL";
    }
    model_.constraints.push_back(constraint);
  }
}

void Maker::add_indexes() {
  for (int count = random_.below(3); count > 0; --count) {
    ModelIndex index{.name = "ix " + std::to_string(count), .columns = {any_column()}};
    index.is_unique = random_.chance(20);
    const int other = any_column();
    if (random_.chance(40)) {
      index.expression = "lower(" + placeholder(other) + ") DESC";
      index.mentioned.push_back(other);
    }
    if (random_.chance(40)) {
      index.where = placeholder(other) + " IS NOT NULL";
      index.mentioned.push_back(other);
    }
    model_.indexes.push_back(index);
  }
}

// `o`, which the table may refer to, and children, which refer to it.
void Maker::add_tables() {
  model_.others = {"CREATE TABLE o (id INTEGER PRIMARY KEY, v)",
                   "CREATE TABLE log (what, old, new)"};
  std::vector<int> keys;
  if (model_.key_column != 0) keys.push_back(model_.key_column);
  for (const auto& column : model_.columns) {
    if (column.is_unique) keys.push_back(column.number);
  }
  if (keys.empty() || !random_.chance(70)) return;
  const int key = random_.one_of(keys);
  model_.keys_of_children.push_back(key);
  model_.others.push_back(
      "CREATE TABLE child (id INTEGER PRIMARY KEY, up REFERENCES {t} (" +
      placeholder(key) + ") ON DELETE CASCADE ON UPDATE CASCADE)");
  ModelColumn& self = *model_.find(plain_column());
  if (self.number != key && random_.chance(30)) {
    self.references = "{t} (" + placeholder(key) + ")";
  }
}

void Maker::add_objects() {
  const int one = any_column();
  const int two = plain_column();
  const std::string new_one = "new." + placeholder(one);
  const std::vector<ModelObject> all = {
      {"CREATE TRIGGER tr1 AFTER INSERT ON {t} BEGIN INSERT INTO log VALUES ('i', "
       "NULL, " +
           new_one + "); END",
       {one}                                                                    },
      {"CREATE TRIGGER \"tr 2\" BEFORE UPDATE OF " + placeholder(two) +
           " ON {t} BEGIN INSERT INTO log VALUES ('u', old." + placeholder(two) + ", " +
           new_one + "); END",
       {one, two}                                                               },
      {"CREATE TEMP TRIGGER tr3 AFTER DELETE ON {t} BEGIN INSERT INTO log VALUES ('d', "
       "old." +
           placeholder(one) + ", NULL); END",
       {one}                                                                    },
      {"CREATE TRIGGER tr4 AFTER INSERT ON o BEGIN UPDATE {t} SET " + placeholder(two) +
           " = new.v WHERE " + placeholder(one) + " = new.id; END",
       {one, two}                                                               },
      {"CREATE VIEW v AS SELECT " + placeholder(two) + " AS first, " +
           placeholder(one) + " FROM {t}",
       {one, two}                                                               },
      {"CREATE TEMP VIEW tv AS SELECT " + placeholder(one) + " FROM {t}",  {one}},
  };
  bool has_view = false;
  for (const ModelObject& object : all) {
    if (!random_.chance(40)) continue;
    model_.objects.push_back(object);
    has_view = has_view || object.sql.starts_with("CREATE VIEW");
  }
  if (!has_view || !random_.chance(60)) return;
  model_.objects.push_back(
      {"CREATE TRIGGER tr5 INSTEAD OF INSERT ON v BEGIN INSERT INTO "
       "{t} (" +
           placeholder(two) + ") VALUES (new.first); END",
       {two}});
}

Model Maker::make() {
  model_.table =
      random_.one_of<std::string>({"t", "odd table", "Order", "t\"q", "t\xc3\xa4"});
  model_.is_strict = random_.chance(20);
  model_.without_rowid = random_.chance(20);
  add_columns();
  add_key();
  add_tables();
  add_generated();
  add_constraints();
  add_indexes();
  add_objects();
  return model_;
}

}  // namespace

std::string new_name(const Model& model, Random& random) {
  for (;;) {
    const std::string& name = random.one_of(kNames);
    const bool is_there = std::any_of(
        model.columns.begin(), model.columns.end(),
        [&](const auto& column) { return lower(column.name) == lower(name); });
    if (!is_there) return name;
  }
}

Model random_model(Random& random) { return Maker(random).make(); }

std::string random_value(const Model& model, const ModelColumn& column,
                         Random& random) {
  const bool is_key = column.number == model.key_column;
  if (!is_key && random.chance(15)) return "NULL";
  if (is_text(column)) {
    return random.one_of<std::string>({"'x'", "'X'", "'zz'", "'17'", "'it''s'", "''"});
  }
  if (!is_key && column.type.empty() && random.chance(30)) return "x'00ff'";
  if (column.type == "REAL" && random.chance(50)) return "1.5";
  return std::to_string(random.below(is_key ? 30 : 8));
}

std::vector<std::string> random_rows(const Model& model, Random& random) {
  std::vector<std::string> statements;
  for (int i = 0; i < 5; ++i) {
    statements.push_back("INSERT OR IGNORE INTO o VALUES (" + std::to_string(i) + ", " +
                         std::to_string(random.below(3)) + ")");
  }
  const std::string rowid = rowid_word(model);
  for (int count = random.below(15); count > 0; --count) {
    std::vector<std::string> names;
    std::vector<std::string> values;
    if (!rowid.empty() && model.key_column == 0 && random.chance(50)) {
      names.push_back(rowid);
      values.push_back(std::to_string(random.below(1000)));
    }
    for (const auto& column : model.columns) {
      if (!column.generated.empty()) continue;
      names.push_back(Style{}.name(column.name));
      values.push_back(random_value(model, column, random));
    }
    statements.push_back("INSERT OR IGNORE INTO " + Style{}.name(model.table) + " (" +
                         join(names, ", ") + ") VALUES (" + join(values, ", ") + ")");
  }
  for (const int key : model.keys_of_children) {
    statements.push_back("INSERT INTO child (up) SELECT " +
                         Style{}.name(model.find(key)->name) + " FROM " +
                         Style{}.name(model.table));
  }
  if (random.chance(30)) {
    statements.push_back("DELETE FROM " + Style{}.name(model.table) + " WHERE " +
                         Style{}.name(model.columns[0].name) + " > 2");
  }
  return statements;
}

}  // namespace revise::testing
