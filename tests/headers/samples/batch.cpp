// Batch mode with all that it takes.

#include <revise/op.hpp>
#include <string>

namespace {

using namespace revise;

constexpr Revision revision{.revision = "b47c4", .down_revision = "ae1027a6acf9"};

void upgrade(Operations& op) {
  op.batch_alter_table("t", [](BatchOperations& batch_op) {
    batch_op.add_column(Column("x", Integer), {.insert_after = "id"});
    batch_op.add_column(Column("z", Integer));
  });
  const std::string column = "y";
  op.batch_alter_table("t",
                       [&](auto& batch_op) {
                         batch_op.alter_column(column, {.type_ = String(10)});
                         batch_op.alter_column("z", {.nullable = false,
                                                     .server_default = none,
                                                     .new_column_name = "zz",
                                                     .existing_type = Integer,
                                                     .insert_before = "x"});
                         batch_op.drop_constraint("uq_t_a", {.type_ = "unique"});
                         batch_op.drop_constraint("uq_t_b", "unique");
                         batch_op.drop_column("old", {.existing_type = Boolean});
                       },
                       {.schema = "s", .recreate = "always"});
  op.batch_alter_table(
      "t",
      {
          .recreate = "always",
          .partial_reordering = {{"x", "id"},              {"zz", "y"}                 },
          .copy_from = Table("t", {Column("id",              Integer,                      {.primary_key = true})},
                             {.sqlite_autoincrement = true                       }
            ),
          .table_args = {CheckConstraint("x > 0"), UniqueConstraint({"x", "y"})                        },
          .table_kwargs = {.sqlite_strict = true   },
          .reflect_args = {Column("flag",                Boolean)},
          .reflect_kwargs = {{"resolve_fks", false}                       },
          .naming_convention = {{"uq", "uq_%(table_name)s_%(column_0_name)s"},
                                 {"fk", "fk_%(table_name)s"}                            }
  },
      [&](auto& batch_op) {
        if (batch_op.dialect() == "sqlite") batch_op.execute("DELETE FROM t");
        batch_op.execute("DELETE FROM t WHERE x = :x", {
                                                           {"x", 1}
        });
      });
}

void downgrade(Operations& op) {
  op.batch_alter_table("t", [](auto& batch_op) {
    batch_op.create_primary_key("pk", {"id"});
    batch_op.create_unique_constraint(batch_op.f("uq"), {"x", "y"},
                                      {.deferrable = true});
    batch_op.create_check_constraint("ck", "x > 0");
    batch_op.create_foreign_key("fk", "u", {"x"}, {"id"}, {.ondelete = "CASCADE"});
    batch_op.create_index("ix", {"x", text("lower(y)")}, {.sqlite_where = "x > 0"});
    batch_op.drop_index("ix", {.if_exists = true});
    batch_op.create_table_comment("what it is");
    batch_op.drop_table_comment({.existing_comment = "what it is"});
  });
}

}  // namespace

REVISE_UNIT(revision, upgrade, downgrade)
