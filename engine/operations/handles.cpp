#include "engine/operations/handles.hpp"

#include <charconv>
#include <cstring>
#include <iterator>
#include <string_view>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/operations/arena.hpp"
#include "engine/operations/values.hpp"

namespace revise {

const char* detail::keep(const char* data, unsigned long size) {
  if (data == nullptr) return nullptr;
  char* const copy = operations::current_arena().allocate(size + 1);
  std::memcpy(copy, data, size);
  copy[size] = '\0';
  return copy;
}

bool operator==(Characters left, Characters right) {
  return std::string_view(left.data(), left.size()) ==
         std::string_view(right.data(), right.size());
}

namespace operations {

std::string text_of(Characters text) {
  return text.is_set() ? std::string(text.data(), text.size()) : std::string();
}

std::string clause_of(Characters sql) {
  std::string text = text_of(sql);
  const auto line = std::string_view(text).substr(text.rfind('\n') + 1);
  if (line.find("--") != line.npos) text += '\n';
  return text;
}

std::string required_name(Characters name, const char* what) {
  std::string text = text_of(name);
  if (text.empty()) throw UnitError(std::string(what) + " needs a name");
  return text;
}

std::string table_name_of(Characters name) { return required_name(name, "a table"); }

std::optional<std::string> optional_text_of(Characters text) {
  if (!text.is_set()) return std::nullopt;
  return text_of(text);
}

std::optional<bool> flag_of(Flag flag) {
  if (!flag.is_set()) return std::nullopt;
  return flag.is_true();
}

std::vector<std::string> names_of(const Names& names) {
  if (names.node() == nullptr) return {};
  return std::get<detail::NameList>(names.node()->value);
}

namespace {

// Both words of <revise/schema.hpp> may also stand for none.
std::optional<schema::GeneratedDefault> generated_of(const detail::Element* node) {
  if (node == nullptr) return std::nullopt;
  if (const auto* identity = std::get_if<schema::Identity>(&node->value)) {
    return *identity;
  }
  return std::get<schema::Computed>(node->value);
}

}  // namespace

std::optional<schema::GeneratedDefault> default_of(const ServerDefault& given) {
  switch (given.kind()) {
    case ServerDefault::Kind::Literal:
      return schema::Literal{text_of(given.text())};
    case ServerDefault::Kind::Sql:
      return schema::Sql{clause_of(given.text())};
    case ServerDefault::Kind::Generated:
      return generated_of(given.node());
    case ServerDefault::Kind::Unset:
    case ServerDefault::Kind::None:
      break;
  }
  return std::nullopt;
}

schema::Deferral deferral_of(Flag deferrable, Characters initially) {
  const std::string when = text_of(initially);
  const std::string known = lower(when);
  if (!when.empty() && known != "deferred" && known != "immediate") {
    throw UnitError("'initially' is DEFERRED or IMMEDIATE, not " + quoted(when));
  }
  return {.deferrable = flag_of(deferrable), .initially = when};
}

schema::IndexElement index_element_of(const IndexElement& element) {
  if (element.is_sql()) return schema::Sql{clause_of(element.text())};
  return text_of(element.text());
}

std::vector<schema::IndexElement> elements_of(
    std::initializer_list<IndexElement> elements) {
  std::vector<schema::IndexElement> values;
  values.reserve(elements.size());
  for (const IndexElement& element : elements)
    values.push_back(index_element_of(element));
  return values;
}

std::vector<schema::IndexElement> elements_of(const Names& columns) {
  std::vector<schema::IndexElement> values;
  for (std::string& name : names_of(columns)) values.emplace_back(std::move(name));
  return values;
}

std::vector<NamedValue> parameters_of(std::initializer_list<Parameter> parameters,
                                      std::string_view dialect) {
  std::vector<NamedValue> values;
  values.reserve(parameters.size());
  for (const Parameter& parameter : parameters) {
    std::string name = required_name(parameter.name, "a parameter");
    for (const NamedValue& other : values) {
      if (other.name == name) {
        throw UnitError("parameter " + quoted(name) + " is given twice");
      }
    }
    values.push_back({std::move(name), value_of(parameter.value, dialect),
                      parameter.value.is_literal()});
  }
  return values;
}

namespace {

std::string bare_text_of(const Parameter& parameter) {
  switch (parameter.value.kind()) {
    case Value::Kind::Logical:
      return parameter.value.integer() != 0 ? "true" : "false";
    case Value::Kind::Whole:
      return std::to_string(parameter.value.integer());
    case Value::Kind::Floating: {
      char digits[32];
      const auto end = std::to_chars(digits, std::end(digits), parameter.value.real());
      return std::string(digits, end.ptr);
    }
    case Value::Kind::Words:
      return text_of(parameter.value.text());
    case Value::Kind::Null:
    case Value::Kind::Bytes:
    case Value::Kind::Day:
    case Value::Kind::WallTime:
    case Value::Kind::Instant:
    case Value::Kind::Span:
    case Value::Kind::Identifier:
    case Value::Kind::Array:
      break;
  }
  throw UnitError(quoted(text_of(parameter.name)) +
                  " is given neither text nor a number");
}

}  // namespace

schema::NamedValues named_texts_of(std::initializer_list<Parameter> values) {
  schema::NamedValues texts;
  for (const Parameter& parameter : values) {
    texts.emplace_back(required_name(parameter.name, "a value"),
                       bare_text_of(parameter));
  }
  return texts;
}

schema::NamedValues named_values_of(const NamedValues& values) {
  if (values.node() == nullptr) return {};
  return std::get<schema::NamedValues>(values.node()->value);
}

ColumnReference reference_of(const std::string& text) {
  // A schema's name may hold points, as in SQLAlchemy; a table's and a column's not.
  const auto column = text.rfind('.');
  if (column == std::string::npos || column == 0 || column + 1 == text.size()) {
    throw UnitError("a foreign key refers to 'table.column', not " + quoted(text));
  }
  const auto table = text.rfind('.', column - 1);
  ColumnReference reference{.column = text.substr(column + 1)};
  if (table == std::string::npos) {
    reference.table = text.substr(0, column);
  } else {
    reference.schema = text.substr(0, table);
    reference.table = text.substr(table + 1, column - table - 1);
  }
  return reference;
}

}  // namespace operations

}  // namespace revise
