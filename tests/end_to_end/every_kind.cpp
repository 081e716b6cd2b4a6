#include "tests/end_to_end/every_kind.hpp"

#include <doctest/doctest.h>

#include "engine/core/error.hpp"
#include "engine/driver/connect.hpp"
#include "tests/support/test_database.hpp"

namespace revise::testing {
namespace {

enum class Place {
  Inside,   // all of it in the run's transaction
  Outside,  // with a block outside of it
};

struct Kind {
  Place place;
  const char* upgrade;
  const char* downgrade;
};

// clang-format off: the bodies are C++ of their own
const Kind kKinds[] = {
    {Place::Inside,  R"cpp(
       op.create_table("parent", {Column("id", Integer, {.primary_key = true})});
       op.create_table("t",
                       {Column("id", Integer, {.primary_key = true}),
                        Column("name", String(40), {.nullable = false}),
                        Column("parent_id", Integer, ForeignKey("parent.id"))},
                       {.comment = "a table"});)cpp",
     R"cpp(
       op.drop_table("t");
       op.drop_table("parent");)cpp"},
    {Place::Inside,  R"cpp(
       op.execute("INSERT INTO parent SELECT generate_series(1, 200)");
       std::vector<std::tuple<int, std::string, int>> rows;
       for (int i = 0; i < 2000; ++i) rows.emplace_back(i, "name", 1 + i % 200);
       op.bulk_insert(table("t", column<int>("id"), column<std::string>("name"),
                            column<int>("parent_id")),
                      rows);)cpp",
     R"cpp(
       op.execute("DELETE FROM t; DELETE FROM parent");)cpp"},
    {Place::Inside,  R"cpp(
       op.add_column("t", Column("size", Integer, {.server_default = text("0")}));
       op.alter_column("t", "name", {.nullable = true, .type_ = Text});
       op.create_index("ix_t_name", "t", {"name"});)cpp",
     R"cpp(
       op.drop_index("ix_t_name", "t");
       op.alter_column("t", "name", {.nullable = false, .type_ = String(40)});
       op.drop_column("t", "size");)cpp"},
    {Place::Outside, R"cpp(
       op.autocommit_block([&] {
         op.create_index("ix_t_parent", "t", {"parent_id"},
                         {.postgresql_concurrently = true});
       });
       op.execute("UPDATE t SET size = 1 WHERE id = 1");)cpp",
     R"cpp(
       op.autocommit_block([&] {
         op.drop_index("ix_t_parent", {.postgresql_concurrently = true});
       });
       op.execute("UPDATE t SET size = 0 WHERE id = 1");)cpp"},
    {Place::Inside,  R"cpp(
       op.create_check_constraint("ck_t", "t", text("size >= 0"));
       op.create_unique_constraint("uq_t", "t", {"id", "size"},
                                   {.deferrable = true, .initially = "DEFERRED"});
       op.create_table_comment("t", "another", {.existing_comment = "a table"});
       op.alter_column("t", "size", {.comment = "how large"});)cpp",
     R"cpp(
       op.alter_column("t", "size", {.comment = none});
       op.create_table_comment("t", "a table", {.existing_comment = "another"});
       op.drop_constraint("uq_t", "t", {.type_ = "unique"});
       op.drop_constraint("ck_t", "t", {.type_ = "check"});)cpp"},
    {Place::Inside,  R"cpp(
       for (const auto& [id, name] : op.query<int, std::string>(
                "SELECT id, name FROM t WHERE id < :n ORDER BY id", {
                                                                        {"n", 50}
       })) {
         op.execute("UPDATE t SET size = :size WHERE id = :id",
                    {
                        {"size", static_cast<int>(name.size())},
                        {"id",   id                           }
         });
       }
       op.execute("ALTER TABLE t ADD CONSTRAINT ck_size CHECK (size < 100)");)cpp",
     R"cpp(
       op.drop_constraint("ck_size", "t", {.type_ = "check"});
       op.execute("UPDATE t SET size = CASE id WHEN 1 THEN 1 ELSE 0 END");)cpp"},
    {Place::Inside,  R"cpp(
       op.execute("CREATE TYPE mood AS ENUM ('sad')");)cpp",
     R"cpp(
       op.execute("DROP TYPE mood");)cpp"},
    {Place::Outside, R"cpp(
       op.autocommit_block([&] {
         op.execute("ALTER TYPE mood ADD VALUE IF NOT EXISTS 'glad'");
       });
       op.execute("ALTER TABLE t ADD COLUMN mood mood DEFAULT 'glad'");)cpp",
     R"cpp(
       op.execute(
           "ALTER TABLE t DROP COLUMN mood; DROP TYPE mood; "
           "CREATE TYPE mood AS ENUM ('sad')");)cpp"},
    {Place::Inside,  R"cpp(
       op.rename_table("t", "thing");
       op.execute("SAVEPOINT s");
       try {
         op.execute("INSERT INTO absent VALUES (1)");
       } catch (const std::exception&) {
         op.execute("ROLLBACK TO SAVEPOINT s");
       }
       op.execute("CREATE VIEW things AS TABLE thing");)cpp",
     R"cpp(
       op.execute("DROP VIEW things");
       op.rename_table("thing", "t");)cpp"},
};
// clang-format on

constexpr int kCount = static_cast<int>(std::size(kKinds));

std::string id_of(int number) { return "k0" + std::to_string(number); }

const char* const kFingerprint =
    "SELECT string_agg(line, E'\\n' ORDER BY line) FROM ("
    "SELECT concat_ws(' ', c.relname, c.relkind, a.attname, "
    "format_type(a.atttypid, a.atttypmod), a.attnotnull, "
    "pg_get_expr(d.adbin, d.adrelid), col_description(c.oid, a.attnum), "
    "obj_description(c.oid), CASE WHEN c.relkind = 'r' THEN "
    "(xpath('//text()', query_to_xml(format('SELECT md5(string_agg(x::text, '','' "
    "ORDER BY x::text)) FROM %I x', c.relname), true, true, '')))[1]::text END) AS "
    "line "
    "FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND "
    "NOT a.attisdropped LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND "
    "d.adnum = a.attnum WHERE c.relnamespace = 'public'::regnamespace AND "
    "c.relname <> 'alembic_version' AND c.relkind IN ('r', 'v') "
    "UNION ALL SELECT conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint "
    "WHERE connamespace = 'public'::regnamespace AND "
    "conrelid IS DISTINCT FROM to_regclass('alembic_version') "
    "UNION ALL SELECT pg_get_indexdef(indexrelid) || ' ' || indisvalid FROM pg_index "
    "JOIN pg_class c ON c.oid = indexrelid WHERE c.relnamespace = "
    "'public'::regnamespace AND indrelid IS DISTINCT FROM to_regclass("
    "'alembic_version') "
    "UNION ALL SELECT 'mood ' || enumlabel FROM pg_enum) AS lines";

std::string select(const std::string& url, const std::string& sql) {
  return text_of_rows(driver::connect(driver::parse_url(url))->query(sql));
}

}  // namespace

int add_every_kind(const Project& project) {
  for (int i = 1; i <= kCount; ++i) {
    const auto& kind = kKinds[i - 1];
    project.add({.id = id_of(i),
                 .down = i > 1 ? id_of(i - 1) : "",
                 .upgrade = kind.upgrade,
                 .downgrade = kind.downgrade,
                 .includes =
                     "#include <exception>\n#include <revise/data.hpp>\n"
                     "#include <string>\n#include <tuple>\n#include <vector>\n"});
  }
  return kCount;
}

std::string fingerprint(const std::string& url) { return select(url, kFingerprint); }

std::string revision_of(const std::string& url) {
  if (select(url, "SELECT to_regclass('alembic_version') IS NULL") == "true") return {};
  return select(url, "SELECT version_num FROM alembic_version");
}

std::map<std::string, std::string> fingerprints(const Project& project,
                                                const std::string& url, int count) {
  std::map<std::string, std::string> known;
  known[""] = fingerprint(url);
  for (int i = 1; i <= count; ++i) {
    const auto outcome = project.revise({"upgrade", "+1"});
    REQUIRE_MESSAGE(outcome.status == 0, outcome.errors);
    known[id_of(i)] = fingerprint(url);
  }
  for (int i = count; i-- > 0;) {
    const auto outcome = project.revise({"downgrade", "-1"});
    REQUIRE_MESSAGE(outcome.status == 0, outcome.errors);
    CHECK(fingerprint(url) == known[i > 0 ? id_of(i) : ""]);
  }
  return known;
}

std::string off_revision(const std::string& url,
                         const std::map<std::string, std::string>& known) {
  const auto revision = revision_of(url);
  const auto found = fingerprint(url);
  if (found == known.at(revision)) return {};
  for (int i = 1; i <= kCount; ++i) {
    if (kKinds[i - 1].place == Place::Inside) continue;
    if (revision == id_of(i) || revision == id_of(i - 1)) return {};
  }
  return "at '" + revision + "' it looks so:\n" + found;
}

}  // namespace revise::testing
