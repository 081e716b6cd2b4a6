#include "engine/operations/batch.hpp"

#include <revise/batch.hpp>
#include <utility>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/operations/arena.hpp"
#include "engine/operations/handles.hpp"

namespace revise {

namespace detail {

struct TableNode {
  schema::Table table;
};

}  // namespace detail

namespace operations {

namespace {

template <typename Op, typename... Ops>
constexpr bool is_one_of(const std::variant<Ops...>*) {
  return (std::is_same_v<Op, Ops> || ...);
}

// What Alembic's BatchOperations has no member for.
struct ToBatch {
  template <typename Op>
  BatchOperation operator()(const Op& op) const {
    if constexpr (is_one_of<Op>(static_cast<const BatchOperation*>(nullptr))) {
      return op;
    } else {
      throw UnitError(
          "a batch changes columns, constraints and indexes of its table, "
          "and nothing else");
    }
  }
};

// Keeps what `create_table` makes of its arguments.
class TableSink final : public OperationSink {
 public:
  std::string_view dialect() const override { return {}; }
  void apply(const Operation& operation) override {
    created_ = std::get<CreateTableOp>(operation);
  }
  driver::Result query(std::string_view, std::span<const NamedValue>) override {
    return {};
  }
  void begin_autocommit_block(AutocommitPlace) override {}
  void end_autocommit_block() override {}

  const CreateTableOp& created() const { return created_; }

 private:
  CreateTableOp created_;
};

template <typename Elements>
CreateTableOp created(Characters name, const Elements& elements,
                      const CreateTableOptions& options) {
  TableSink sink;
  Operations(sink).create_table(name, elements, options);
  return sink.created();
}

template <typename Elements>
const detail::TableNode* table_node(Characters name, const Elements& elements,
                                    const CreateTableOptions& options) {
  return current_arena().make(
      detail::TableNode{created(name, elements, options).table});
}

Recreate recreate_of(Characters recreate) {
  const std::string text = text_of(recreate);
  if (text == "auto") return Recreate::Auto;
  if (text == "always") return Recreate::Always;
  if (text == "never") return Recreate::Never;
  // Alembic's own words.
  throw UnitError("recreate may be one of 'auto', 'always', or 'never'.");
}

std::vector<std::vector<std::string>> rows_of(const PartialReordering& reordering) {
  std::vector<std::vector<std::string>> rows;
  if (reordering.node() == nullptr) return rows;
  const auto& list = std::get<detail::ElementList>(reordering.node()->value);
  for (const detail::Element* row : list) {
    rows.push_back(std::get<detail::NameList>(row->value));
  }
  return rows;
}

const detail::ElementList& elements_of(const TableArguments& arguments) {
  static const detail::ElementList kNone;
  if (arguments.node() == nullptr) return kNone;
  return std::get<detail::ElementList>(arguments.node()->value);
}

template <typename... Constraints>
bool add_constraint(const detail::Element& element, schema::Table& table) {
  const auto add = [&](const auto* constraint) {
    if (constraint != nullptr) table.constraints.emplace_back(*constraint);
    return constraint != nullptr;
  };
  return (add(std::get_if<Constraints>(&element.value)) || ...);
}

schema::Table table_args_of(const TableArguments& arguments) {
  schema::Table table;
  for (const detail::Element* element : elements_of(arguments)) {
    if (const auto* index = std::get_if<schema::Index>(&element->value)) {
      table.indexes.push_back(*index);
    } else if (!add_constraint<schema::PrimaryKeyConstraint, schema::UniqueConstraint,
                               schema::CheckConstraint, schema::ForeignKeyConstraint,
                               schema::ExcludeConstraint>(*element, table)) {
      throw UnitError(
          "'table_args' are constraints and indexes; add_column() adds columns");
    }
  }
  return table;
}

std::vector<schema::Column> reflect_args_of(const TableArguments& arguments) {
  std::vector<schema::Column> columns;
  for (const detail::Element* element : elements_of(arguments)) {
    const auto* column = std::get_if<schema::Column>(&element->value);
    if (column == nullptr) throw UnitError("'reflect_args' are columns");
    columns.push_back(*column);
  }
  return columns;
}

schema::TableOptions table_kwargs_of(const CreateTableOptions& options) {
  if (options.schema.is_set() || options.if_not_exists.is_set() ||
      options.comment.is_set() || options.prefixes.node() != nullptr) {
    throw UnitError(
        "of 'table_kwargs' only the members that begin with sqlite_ or postgresql_ "
        "have a meaning in a batch");
  }
  return created("t", TableElements(), options).table.options;
}

void check_reflect_kwargs(const NamedValues& values) {
  for (const auto& [name, value] : named_values_of(values)) {
    if (name == "resolve_fks") continue;
    throw UnitError("'reflect_kwargs' has " + quoted(name) +
                    ", which has no meaning: what the database stores of the table is "
                    "read as it is, and not reflected");
  }
}

std::optional<schema::Table> copy_from_of(const Table& table, const std::string& name) {
  if (table.node() == nullptr) return std::nullopt;
  if (table.node()->table.name != name) {
    throw UnitError("'copy_from' is table " + quoted(table.node()->table.name) +
                    ", and the batch is about " + quoted(name));
  }
  return table.node()->table;
}

BatchAlterTableOp batch_of(Characters table_name,
                           const BatchAlterTableOptions& options) {
  check_reflect_kwargs(options.reflect_kwargs);
  const std::string name = table_name_of(table_name);
  return {.table = name,
          .schema = text_of(options.schema),
          .recreate = recreate_of(options.recreate),
          .partial_reordering = rows_of(options.partial_reordering),
          .copy_from = copy_from_of(options.copy_from, name),
          .table_args = table_args_of(options.table_args),
          .table_kwargs = table_kwargs_of(options.table_kwargs),
          .reflect_args = reflect_args_of(options.reflect_args),
          .naming_convention = named_values_of(options.naming_convention)};
}

}  // namespace

Operation operation_of(const BatchOperation& operation) {
  return std::visit([](const auto& op) { return Operation(op); }, operation);
}

BatchOperation batch_operation_of(const Operation& operation) {
  return std::visit(ToBatch{}, operation);
}

void BatchSink::place_next(std::string insert_before, std::string insert_after) {
  insert_before_ = std::move(insert_before);
  insert_after_ = std::move(insert_after);
}

void BatchSink::apply(const Operation& operation) {
  batch_.changes.push_back({.operation = batch_operation_of(operation),
                            .insert_before = std::exchange(insert_before_, {}),
                            .insert_after = std::exchange(insert_after_, {})});
}

driver::Result BatchSink::query(std::string_view, std::span<const NamedValue>) {
  throw UnitError("a batch cannot be asked; call op.query() for that");
}

void BatchSink::begin_autocommit_block(AutocommitPlace) {
  throw UnitError("op.autocommit_block() has no place in a batch");
}

void BatchSink::end_autocommit_block() {}

}  // namespace operations

PartialReordering::PartialReordering(std::initializer_list<Names> rows) {
  detail::ElementList list;
  for (const Names& row : rows) {
    if (row.node() != nullptr) list.push_back(row.node());
  }
  node_ = operations::current_arena().make(detail::Element{std::move(list)});
}

TableArguments::TableArguments(std::initializer_list<TableElement> elements) {
  detail::ElementList list;
  for (const TableElement& element : elements) list.push_back(element.node());
  node_ = operations::current_arena().make(detail::Element{std::move(list)});
}

Table::Table(Characters name, std::initializer_list<TableElement> elements,
             const CreateTableOptions& options)
    : node_(operations::table_node(name, elements, options)) {}

Table::Table(Characters name, const TableElements& elements,
             const CreateTableOptions& options)
    : node_(operations::table_node(name, elements, options)) {}

void Operations::run_batch(Characters table_name, const BatchAlterTableOptions& options,
                           void (*body)(const void*, BatchOperations&),
                           const void* called) {
  auto batch = operations::batch_of(table_name, options);
  operations::BatchSink sink(sink_, batch);
  BatchOperations batch_op(sink);
  body(called, batch_op);
  sink_.apply(std::move(batch));
}

}  // namespace revise
