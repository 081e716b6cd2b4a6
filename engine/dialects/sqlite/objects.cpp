#include "engine/dialects/sqlite/objects.hpp"

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/dialects/sqlite/lexer.hpp"
#include "engine/dialects/standard_sql.hpp"

namespace revise::sqlite {

namespace {

using dialects::Dialect;
using operations::ObjectKind;
using Texts = std::vector<std::string>;

[[noreturn]] void refuse(const std::string& what) {
  throw UnsupportedError("SQLite has no " + what +
                         "; ask op.dialect() before what is for PostgreSQL alone");
}

struct Render {
  const Dialect& dialect;
  const operations::ObjectOp& whole;

  // Without OR REPLACE: the view goes first, and its triggers with it.
  // https://sqlite.org/lang_createview.html
  Texts operator()(const operations::CreateViewOp& op) const {
    if (op.recursive) refuse("CREATE RECURSIVE VIEW");
    if (!op.with.empty() || !op.check_option.empty()) refuse("options of a view");
    const std::string name = dialect.qualified(op.schema, op.name);
    std::string text = std::string("CREATE ") + (op.temporary ? "TEMPORARY " : "") +
                       "VIEW " + (op.if_not_exists ? "IF NOT EXISTS " : "") + name;
    if (!op.columns.empty()) {
      text += " (" + dialects::name_list(dialect, op.columns) + ")";
    }
    text += " AS " + dialects::query_of(op.definition);
    if (op.or_replace) return {"DROP VIEW IF EXISTS " + name, text};
    return {text};
  }

  // https://sqlite.org/lang_createtrigger.html
  Texts operator()(const operations::CreateTriggerOp& op) const {
    if (op.body.empty()) {
      throw UnitError("on SQLite the trigger " + quoted(op.name) + " needs a 'body'");
    }
    if (op.constraint || !op.referencing.empty() || !op.from_table.empty()) {
      refuse("constraint triggers and no REFERENCING");
    }
    if (op.for_each == "STATEMENT") refuse("triggers FOR EACH STATEMENT");
    const std::string name = dialect.qualified(op.schema, op.name);
    std::string text = std::string("CREATE ") + (op.temporary ? "TEMPORARY " : "") +
                       "TRIGGER " + (op.if_not_exists ? "IF NOT EXISTS " : "") + name;
    if (!op.timing.empty()) text += " " + op.timing;
    text += " " + op.events + " ON " + dialect.quote(op.table);
    if (!op.for_each.empty()) text += " FOR EACH " + op.for_each;
    if (!op.when.empty()) text += " WHEN " + op.when;
    text += " BEGIN " + body_of(op.body) + " END";
    if (op.or_replace) return {"DROP TRIGGER IF EXISTS " + name, text};
    return {text};
  }

  Texts operator()(const operations::DropObjectOp& op) const {
    const auto& object = op.object;
    if (object.kind != ObjectKind::View && object.kind != ObjectKind::Trigger) {
      refuse_all();
    }
    if (op.cascade) refuse("CASCADE");
    return {std::string("DROP ") + word_of(object.kind) + " " +
            (op.if_exists ? "IF EXISTS " : "") +
            dialect.qualified(object.schema, object.name)};
  }

  Texts operator()(const auto&) const { refuse_all(); }

 private:
  [[noreturn]] void refuse_all() const {
    throw UnsupportedError("SQLite cannot do " + name_of(whole) +
                           "; ask op.dialect() before what is for PostgreSQL alone");
  }
  // Its last statement may lack the semicolon, and end in a comment.
  static std::string body_of(const std::string& body) {
    const std::string text = dialects::query_of(body);
    const auto tokens = tokens_of(text);
    const bool is_ended = !tokens.empty() && tokens.back().span.of(text) == ";";
    return text + (is_ended ? "" : ";");
  }
};

}  // namespace

std::vector<std::string> object_texts(const Dialect& dialect,
                                      const operations::ObjectOp& op) {
  return std::visit(Render{dialect, op}, op.change);
}

}  // namespace revise::sqlite
