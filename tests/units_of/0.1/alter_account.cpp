// alter tables in every way that a database has

#include <revise/op.hpp>
#include <string>
#include <vector>

namespace {

using namespace revise;

constexpr Revision revision{
    .revision = "27c6a30d7c24",
    .down_revision = {"1975ea83b712",         "3a3a3a3a3a3a"},
    .branch_labels = {                      },
    .depends_on = {"ae1027a6acf9"                     },
};

void alter_in_place(Operations& op) {
  op.alter_column("user", "email",
                  {.nullable = false,
                   .comment = none,
                   .server_default = none,
                   .new_column_name = "mail",
                   .type_ = Text,
                   .existing_type = String(255),
                   .postgresql_using = "email::text"});
  op.create_primary_key("pk_log", "log", {"at", "what"});
  op.create_unique_constraint("uq_log", "log", {"what"}, {.deferrable = true});
  op.create_check_constraint("ck_log", "log", "what <> ''",
                             {.postgresql_not_valid = true});
  op.create_foreign_key("fk_log", "log", "user", {"what"}, {"mail"},
                        {.ondelete = "SET NULL", .match = "FULL"});
  op.drop_constraint("ck_log", "log", {.type_ = "check", .if_exists = true});
  op.create_table_comment("log", "what's been done");
  op.drop_table_comment("log", {.existing_comment = "what's been done"});
}

void upgrade(Operations& op) {
  const std::vector<std::string> names = {"at", "what", "who"};
  TableElements columns;
  for (const std::string& name : names) columns.add(Column(name, String(20)));
  op.create_table("journal", columns, {.schema = "s"});
  op.rename_table("journal", "log", {.schema = "s"});
  op.add_column("account", Column("note", Text, {.server_default = "it's"}));
  op.drop_column("account", "note");
  op.create_index("ix_account_note", "account", {"note", text("id DESC")},
                  {.unique = true,
                   .if_not_exists = true,
                   .postgresql_include = {"name"},
                   .postgresql_ops = {{"note", "text_pattern_ops"}},
                   .postgresql_using = "btree",
                   .postgresql_where = "id > 5",
                   .postgresql_with = {{"fillfactor", 50}},
                   .sqlite_where = "id > 6"});
  op.drop_index("ix_account_note", {.table_name = "account", .if_exists = true});
  if (op.dialect() == "postgresql") alter_in_place(op);
}

void downgrade(Operations&) {}

}  // namespace

REVISE_UNIT(revision, upgrade, downgrade)
