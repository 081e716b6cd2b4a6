#include "engine/operations/clauses.hpp"

#include <algorithm>
#include <iterator>
#include <vector>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/operations/handles.hpp"
#include "engine/operations/sink.hpp"

namespace revise::operations {

namespace {

constexpr std::pair<ObjectKind, const char*> kKinds[] = {
    {ObjectKind::Column,           "COLUMN"           },
    {ObjectKind::Constraint,       "CONSTRAINT"       },
    {ObjectKind::Database,         "DATABASE"         },
    {ObjectKind::Domain,           "DOMAIN"           },
    {ObjectKind::Extension,        "EXTENSION"        },
    {ObjectKind::Function,         "FUNCTION"         },
    {ObjectKind::Index,            "INDEX"            },
    {ObjectKind::Language,         "LANGUAGE"         },
    {ObjectKind::MaterializedView, "MATERIALIZED VIEW"},
    {ObjectKind::Policy,           "POLICY"           },
    {ObjectKind::Procedure,        "PROCEDURE"        },
    {ObjectKind::Role,             "ROLE"             },
    {ObjectKind::Routine,          "ROUTINE"          },
    {ObjectKind::Schema,           "SCHEMA"           },
    {ObjectKind::Sequence,         "SEQUENCE"         },
    {ObjectKind::Table,            "TABLE"            },
    {ObjectKind::Trigger,          "TRIGGER"          },
    {ObjectKind::Type,             "TYPE"             },
    {ObjectKind::View,             "VIEW"             },
};

struct Subject {
  std::string operator()(const CreateDomainOp& op) const { return op.domain.name; }
  std::string operator()(const DropObjectOp& op) const { return op.object.name; }
  std::string operator()(const RenameObjectOp& op) const { return op.object.name; }
  std::string operator()(const CommentOnOp& op) const { return op.object.name; }
  std::string operator()(const PrivilegesOp& op) const { return op.object.name; }
  std::string operator()(const DefaultPrivilegesOp& op) const { return op.object_type; }
  std::string operator()(const RowSecurityOp& op) const { return op.table; }
  std::string operator()(const auto& op) const { return op.name; }
};

// The member of Operations that makes it.
struct Member {
  std::string operator()(const CreateRoutineOp& op) const {
    return op.kind == ObjectKind::Procedure ? "create_procedure" : op.kName;
  }
  std::string operator()(const DropObjectOp& op) const { return of(op); }
  std::string operator()(const RenameObjectOp& op) const { return of(op); }
  std::string operator()(const RowSecurityOp& op) const {
    switch (op.action) {
      case RowSecurityOp::Action::Enable:
        return "enable_row_security";
      case RowSecurityOp::Action::Disable:
        return "disable_row_security";
      case RowSecurityOp::Action::Force:
        return "force_row_security";
      case RowSecurityOp::Action::NoForce:
        break;
    }
    return "no_force_row_security";
  }
  std::string operator()(const PrivilegesOp& op) const {
    return op.action == PrivilegeAction::Grant ? "grant" : "revoke";
  }
  std::string operator()(const DefaultPrivilegesOp& op) const {
    return op.action == PrivilegeAction::Grant ? "grant_default" : "revoke_default";
  }
  std::string operator()(const auto& op) const { return op.kName; }

 private:
  static std::string of(const auto& op) {
    return std::string(op.kName) + "_" +
           replace_all(lower(word_of(op.object.kind)), " ", "_");
  }
};

}  // namespace

const char* word_of(ObjectKind kind) {
  return std::find_if(std::begin(kKinds), std::end(kKinds),
                      [kind](const auto& row) { return row.first == kind; })
      ->second;
}

ObjectKind object_kind_of(Characters word) {
  const std::string given = text_of(word);
  for (const auto& [kind, name] : kKinds) {
    if (lower(name) == lower(given)) return kind;
  }
  throw UnitError("there is no kind of object " + quoted(given) +
                  "; use one such as 'table' or 'materialized view'");
}

std::string name_of(const ObjectOp& op) {
  const std::string subject = std::visit(Subject{}, op.change);
  const std::string member = std::visit(Member{}, op.change);
  return subject.empty() ? member : member + " " + quoted(subject);
}

std::string word_among(Characters given, std::initializer_list<std::string_view> words,
                       const char* member) {
  std::string text = text_of(given);
  if (!given.is_set()) return text;
  if (std::find(words.begin(), words.end(), lower(text)) == words.end()) {
    std::string all;
    for (const auto word : words) {
      all += all.empty() ? "" : word == *(words.end() - 1) ? " or " : ", ";
      all += word;
    }
    throw UnitError(quoted(member) + " is " + all + ", not " + quoted(text));
  }
  return upper(text);
}

std::string required_text(Characters text, const char* what) {
  std::string given = text_of(text);
  if (strip(given).empty()) throw UnitError(std::string(what) + " is missing");
  return given;
}

std::optional<std::int64_t> whole_number_of(Count count) {
  if (!count.is_set()) return std::nullopt;
  return count.value();
}

ObjectName object_of(ObjectKind kind, Characters name, Characters schema) {
  const std::string what = "a " + lower(word_of(kind));
  return {.kind = kind,
          .name = required_name(name, what.c_str()),
          .schema = text_of(schema)};
}

}  // namespace revise::operations
