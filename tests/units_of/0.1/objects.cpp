// what is no table

#include <revise/op.hpp>

namespace {

using namespace revise;

constexpr Revision revision{.revision = "5c5c5c5c5c5c"};

void types(Operations& op) {
  op.create_enum("mood", {"sad", "ok"}, {.schema = "s", .checkfirst = true});
  op.add_enum_value("mood", "so so",
                    {.schema = "s", .after = "sad", .after_changes = true});
  op.rename_enum_value("mood", "sad", "blue", {.schema = "s"});
  op.drop_enum("mood", {.schema = "s", .existing_values = {"blue"}});
  op.create_domain("code", Text,
                   {.collation = "C",
                    .default_ = "x",
                    .constraint_name = "ck",
                    .not_null = true,
                    .check = "VALUE <> ''",
                    .schema = "s"});
  op.drop_domain("code", {.schema = "s", .if_exists = true, .cascade = true});
  op.create_type("point3", {Column("x", Double)}, {.schema = "s"});
  op.create_range_type("span", Double,
                       {.schema = "s",
                        .subtype_opclass = "float8_ops",
                        .subtype_diff = "float8mi",
                        .multirange_type_name = "spans"});
  op.rename_type("point3", "point", {.schema = "s"});
  op.drop_type("point", {.existing_definition = "CREATE TYPE point AS ()"});
}

void views(Operations& op) {
  op.replace_view("v", "SELECT 1",
                  {.schema = "s",
                   .recursive = true,
                   .columns = {"a"},
                   .with_ = {{"security_barrier", true}},
                   .check_option = "cascaded",
                   .existing_definition = "SELECT 2"});
  op.rename_view("v", "w", {.schema = "s"});
  op.create_materialized_view("m", "SELECT 1",
                              {.schema = "s",
                               .if_not_exists = true,
                               .columns = {"a"},
                               .using_ = "heap",
                               .with_ = {{"fillfactor", 70}},
                               .tablespace = "fast",
                               .with_data = true});
  op.refresh_materialized_view("m", {.concurrently = true, .with_data = true});
  op.rename_materialized_view("m", "n", {.schema = "s"});
  op.drop_materialized_view("n");
}

void programs(Operations& op) {
  op.create_function("f", "SELECT 1",
                     {.schema = "s",
                      .or_replace = true,
                      .arguments = "a integer",
                      .returns = "SETOF integer",
                      .language = "sql",
                      .window = false,
                      .volatility = "stable",
                      .leakproof = true,
                      .strict = true,
                      .security = "invoker",
                      .parallel = "restricted",
                      .cost = 1,
                      .rows = 2,
                      .support = "g",
                      .set_ = {{"work_mem", "'1MB'"}}});
  op.drop_function("f", {.schema = "s", .if_exists = true, .arguments = "integer"});
  op.create_procedure("p", "BEGIN END",
                      {.schema = "s",
                       .arguments = "a integer",
                       .language = "plpgsql",
                       .security = "definer"});
  op.drop_procedure("p", {.schema = "s", .cascade = true});
  op.create_trigger("c", "account",
                    {.constraint = true,
                     .timing = "after",
                     .events = "UPDATE",
                     .from_table = "other",
                     .deferrable = true,
                     .initially = "DEFERRED",
                     .for_each = "row",
                     .function = "note"});
  op.create_trigger("r", "account",
                    {.timing = "after",
                     .events = "DELETE",
                     .referencing = "OLD TABLE AS gone",
                     .for_each = "statement",
                     .function = "note()"});
}

void others(Operations& op) {
  op.create_sequence("q", {.schema = "s",
                           .temporary = false,
                           .if_not_exists = true,
                           .data_type = BigInteger,
                           .start = 1,
                           .increment = 2,
                           .minvalue = 1,
                           .maxvalue = 9,
                           .cycle = false,
                           .cache = 3,
                           .owned_by = "account.id"});
  op.alter_sequence("q", {.if_exists = true,
                          .restart = 1,
                          .nominvalue = true,
                          .nomaxvalue = true,
                          .owned_by = "none"});
  op.rename_sequence("q", "r");
  op.drop_sequence("r");
  op.create_schema("s", {.if_not_exists = true, .authorization = "ed"});
  op.rename_schema("s", "t");
  op.drop_schema("t", {.cascade = true});
  op.create_extension(
      "x", {.if_not_exists = true, .schema = "s", .version = "1", .cascade = true});
  op.drop_extension("x");
}

void rights(Operations& op) {
  op.create_policy("own", "account",
                   {.schema = "s",
                    .as_ = "permissive",
                    .for_ = "select",
                    .to = {"ed"},
                    .using_ = "true",
                    .with_check = "false"});
  op.drop_policy("own", "account");
  op.enable_row_security("account", {.schema = "s"});
  op.disable_row_security("account");
  op.force_row_security("account");
  op.no_force_row_security("account");
  op.grant({"select"}, "account", {"ed"},
           {.type_ = "table",
            .schema = "s",
            .columns = {"a"},
            .with_grant_option = true,
            .granted_by = "current_user"});
  op.revoke({"execute"}, "f", {"public"},
            {.type_ = "function",
             .arguments = "integer",
             .grant_option_for = true,
             .cascade = true});
  op.grant_default({"select"}, "tables", {"ed"},
                   {.for_role = {"jo"}, .in_schema = {"s"}, .with_grant_option = true});
  op.revoke_default({"usage"}, "schemas", {"ed"}, {.grant_option_for = true});
  op.comment_on("function", "f", "what it does",
                {.schema = "s", .arguments = "integer", .existing_comment = none});
}

void upgrade(Operations& op) {
  op.create_view("v", "SELECT 1", {.temporary = true, .columns = {"a"}});
  op.drop_view("v", {.if_exists = true});
  op.create_trigger("t", "account",
                    {.or_replace = true,
                     .timing = "before",
                     .events = "INSERT",
                     .for_each = "row",
                     .when = "NEW.id > 0",
                     .function = "note('a')",
                     .body = "SELECT 1;"});
  op.drop_trigger("t", "account", {.if_exists = true});
  if (op.dialect() != "postgresql") return;
  types(op);
  views(op);
  programs(op);
  others(op);
  rights(op);
}

void downgrade(Operations&) {}

}  // namespace

REVISE_UNIT(revision, upgrade, downgrade)
