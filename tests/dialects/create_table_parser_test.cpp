/// SQLite's stored definitions in pieces: they add up, and each is what SQLite takes it
/// for.

#include "engine/dialects/sqlite/create_table_parser.hpp"

#include <doctest/doctest.h>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/dialects/sqlite/stored_object.hpp"
#include "engine/driver/connect.hpp"
#include "engine/driver/url.hpp"

namespace {

using namespace revise;
using namespace revise::sqlite;

std::string kind_name(ClauseKind kind) {
  switch (kind) {
    case ClauseKind::Idle:
      return "idle";
    case ClauseKind::PrimaryKey:
      return "key";
    case ClauseKind::Unique:
      return "unique";
    case ClauseKind::Check:
      return "check";
    case ClauseKind::References:
      return "references";
    case ClauseKind::NotNull:
      return "not null";
    case ClauseKind::Null:
      return "null";
    case ClauseKind::Default:
      return "default";
    case ClauseKind::Collate:
      return "collate";
    case ClauseKind::Generated:
      return "generated";
  }
  return {};
}

std::string described(const Clause& clause, std::string_view body) {
  std::string text = clause.name.empty() ? "" : clause.name + ":";
  text += kind_name(clause.kind);
  for (const auto& column : clause.columns) text += " " + column.name;
  if (!clause.referent.empty()) text += " >" + clause.referent;
  for (const auto& column : clause.referent_columns) text += "." + column;
  if (!clause.expression.is_empty()) {
    text += " {" + std::string(clause.expression.of(body)) + "}";
  }
  if (clause.is_descending) text += " desc";
  if (!clause.autoincrement.is_empty()) text += " counts";
  return text;
}

// "name(type) clause, clause" for a column, a clause for a constraint, joined by " | ".
std::string described(const CreateTable& table) {
  std::vector<std::string> pieces;
  for (const Piece& piece : table.pieces) {
    if (const Clause* constraint = piece.constraint()) {
      pieces.push_back(described(*constraint, piece.body));
      continue;
    }
    const ColumnDefinition& column = *piece.column();
    std::vector<std::string> clauses;
    for (const Clause& clause : column.clauses) {
      clauses.push_back(described(clause, piece.body));
    }
    pieces.push_back(column.name + "(" + std::string(column.type.of(piece.body)) +
                     ") " + join(clauses, ", "));
  }
  return join(pieces, " | ");
}

// As SQLite stores it, which also shows that SQLite takes it.
std::string stored(const std::string& body) {
  const auto connection = driver::connect(driver::parse_url("sqlite://"));
  connection->execute("CREATE TABLE t " + body);
  const auto rows =
      connection->batch("SELECT sql FROM sqlite_master WHERE name = 't'").rows;
  return std::get<std::string>(rows.at(0).at(0));
}

struct Row {
  std::string body;
  std::string expected;
};

void check(const Row& row) {
  CAPTURE(row.body);
  const std::string sql = stored(row.body);
  const CreateTable table = parse_create_table(sql);
  CHECK(described(table) == row.expected);
  CHECK(text_of(table, table.name) == sql);
}

}  // namespace

TEST_SUITE("dialects/sqlite/create_table_parser") {
  TEST_CASE("columns with types of any number of words") {
    const Row rows[] = {
        {"(a, b INT, c unsigned big int (10, -2))",
         "a()  | b(INT)  | c(unsigned big int (10, -2)) "  },
        {"(\"a,b\" \"my )type\"(+1e5), [c d] 'text', `e``f`)",
         "a,b(\"my )type\"(+1e5))  | c d('text')  | e`f() "},
        {"(a generated always, b generated always as (a))",
         "a(generated always)  | b() generated {a}"        },
        {"(key int, abort text, \"select\" int)",
         "key(int)  | abort(text)  | select(int) "         },
    };
    for (const Row& row : rows) check(row);
  }

  TEST_CASE("clauses of columns in any order, with and without names") {
    const Row rows[] = {
        {"(a INT CONSTRAINT k NOT NULL ON CONFLICT REPLACE DEFAULT 5 CONSTRAINT j)",
         "a(INT) k:not null, default {5}, j:idle"                                                                                                            },
        {"(a DEFAULT x, b DEFAULT -  5, c DEFAULT ((1) + 2) NULL, d DEFAULT x'00')",
         "a() default {x} | b() default {-  5} | c() default {((1) + 2)}, null | d() "
         "default {x'00'}"                                                                                                                                   },
        {"(id INTEGER PRIMARY KEY ASC ON CONFLICT FAIL AUTOINCREMENT UNIQUE)",
         "id(INTEGER) key counts, unique"                                                                                                                    },
        {"(id INTEGER PRIMARY KEY DESC COLLATE nocase)",
         "id(INTEGER) key desc, collate"                                                                                                                     },
        {"(a REFERENCES u ON DELETE SET NULL ON UPDATE NO ACTION MATCH full NOT "
         "DEFERRABLE INITIALLY IMMEDIATE NOT NULL)",                        "a() references >u, not null"                                           },
        {"(a REFERENCES \"u u\" ([x y]) ON INSERT RESTRICT, b INT NOT DEFERRABLE)",
         "a() references >u u.x y | b(INT) idle"                                                                                                             },
        {"(a INT AS (b || ')') STORED CHECK(a<>','), b GENERATED ALWAYS AS (1) "
         "VIRTUAL, c)",                                                     "a(INT) generated {b || ')'}, check {a<>','} | b() generated {1} | c() "},
    };
    for (const Row& row : rows) check(row);
  }

  TEST_CASE("constraints of the table, with commas between and without") {
    const Row rows[] = {
        {"(a INT, UNIQUE (a) CHECK (a > 0) CONSTRAINT x PRIMARY KEY (a))",
         "a(INT)  | unique a | check {a > 0} | x:key a"},
        {"(id INTEGER, PRIMARY KEY (id AUTOINCREMENT) ON CONFLICT ABORT)",
         "id(INTEGER)  | key id counts"                },
        {"(a, b, UNIQUE ('a' COLLATE nocase DESC, \"b\") ON CONFLICT IGNORE)",
         "a()  | b()  | unique a b"                    },
        {"(a, CONSTRAINT f FOREIGN KEY (a) REFERENCES t (a) DEFERRABLE, CONSTRAINT w)",
         "a()  | f:references a >t.a | w:idle"         },
    };
    for (const Row& row : rows) check(row);
  }

  TEST_CASE("comments are no part of what they stand in, and stay") {
    const Row rows[] = {
        {"(a /* , b INT */ INT, -- it's\n b INT --)\n)",    "a(INT)  | b(INT) "},
        {"/* ( */ (\n  -- CHECK (\n  a INT NOT/**/NULL\n)", "a(INT) not null"  },
    };
    for (const Row& row : rows) check(row);
  }

  TEST_CASE("the options behind the parenthesis are known") {
    CHECK(parse_create_table("CREATE TABLE t (a PRIMARY KEY) without\nrowid")
              .without_rowid);
    const auto both =
        parse_create_table("CREATE TABLE t (a INT PRIMARY KEY) STRICT, WITHOUT ROWID");
    CHECK(both.is_strict);
    CHECK(both.without_rowid);
  }

  TEST_CASE("what is not understood is refused, and where") {
    const Row rows[] = {
        {"CREATE VIRTUAL TABLE t USING fts5(a)",
         "a stored CREATE TABLE is not understood at 'VIRTUAL TABLE t USING fts5(a)'"},
        {"CREATE TABLE t (a INT) PARTITIONED",
         "a stored CREATE TABLE is not understood at 'PARTITIONED'"                  },
        {"CREATE TABLE t (a CHECK (b)",
         "a stored CREATE TABLE is not understood at its end"                        },
        {"CREATE TABLE t (a \"b",                "the quote at '\"b' is not closed"  },
    };
    for (const Row& row : rows) {
      CAPTURE(row.body);
      CHECK_THROWS_WITH_AS(parse_create_table(row.body), row.expected.c_str(),
                           UnsupportedError);
    }
  }

  TEST_CASE("functions, tables, collations and types are no names of columns") {
    CHECK(join(names_in("a > 0 AND length(\"b c\") <> 'd' OR t.e COLLATE f = "
                        "CAST([g] AS BIG INT)"),
               " ") == "a AND b c OR e COLLATE g AS");
  }

  TEST_CASE("an index is read element by element") {
    const auto index = parse_index(
        "CREATE UNIQUE INDEX \"i(\" ON t (a, \"b)\" COLLATE nocase DESC, lower(c)) "
        "WHERE a > 0");
    REQUIRE(index.elements.size() == 3);
    CHECK(index.elements[0].column == "a");
    CHECK(index.elements[1].column == "b)");
    CHECK(index.elements[2].column == "");
    CHECK(index.elements[2].expression == "lower(c)");
    CHECK(index.where == "a > 0");
  }

  TEST_CASE("the columns of UPDATE OF are those before the table") {
    CHECK(join(update_columns("CREATE TRIGGER x AFTER UPDATE OF a, \"b c\" ON t BEGIN "
                              "UPDATE u SET of = 1; END"),
               "|") == "a|b c");
    CHECK(update_columns("CREATE TRIGGER x AFTER INSERT ON t BEGIN SELECT 1; END")
              .empty());
  }
}
