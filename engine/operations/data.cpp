#include <charconv>
#include <revise/data.hpp>
#include <string_view>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/operations/handles.hpp"
#include "engine/operations/sink.hpp"

namespace revise::detail {

namespace {

const driver::Result& result_of(const void* result) {
  return *static_cast<const driver::Result*>(result);
}

std::string place_of(const driver::Result& result, std::size_t row,
                     std::size_t column) {
  return "column " + quoted(result.columns[column]) + " of row " +
         std::to_string(row + 1);
}

struct KindOf {
  const char* operator()(std::monostate) const { return "NULL"; }
  const char* operator()(bool) const { return "a truth value"; }
  const char* operator()(std::int64_t) const { return "an integer"; }
  const char* operator()(double) const { return "a real number"; }
  const char* operator()(const std::string&) const { return "text"; }
  const char* operator()(const driver::Blob&) const { return "bytes"; }
};

[[noreturn]] void refuse(const driver::Result& result, std::size_t row,
                         std::size_t column, const char* wanted) {
  const driver::Value& value = result.rows[row][column];
  if (std::holds_alternative<std::monostate>(value)) {
    throw UnitError(place_of(result, row, column) +
                    " is NULL; std::optional takes such values");
  }
  throw UnitError(place_of(result, row, column) + " is " + std::visit(KindOf{}, value) +
                  ", not " + wanted);
}

// Drivers hand on as text what they have no closer kind for, PostgreSQL's numeric
// among it; such text is read as a number if all of it is one.
template <typename Number>
std::optional<Number> number_in(const driver::Value& value) {
  const auto* text = std::get_if<std::string>(&value);
  if (text == nullptr || text->empty()) return std::nullopt;
  Number number{};
  const char* const end = text->data() + text->size();
  const auto [parsed, error] = std::from_chars(text->data(), end, number);
  if (error != std::errc() || parsed != end) return std::nullopt;
  return number;
}

const driver::Value& value_at(const void* result, std::size_t row, std::size_t column) {
  return result_of(result).rows[row][column];
}

}  // namespace

RowSet::RowSet(operations::OperationSink& sink, TextClause sql, Parameters parameters,
               std::size_t columns)
    : result_(nullptr) {
  const auto values = operations::parameters_of(parameters);
  auto result = std::make_unique<driver::Result>(
      sink.query(operations::text_of(sql.sql()), values));
  if (result->columns.size() != columns) {
    throw UnitError("the query yields " + std::to_string(result->columns.size()) +
                    " columns, but " + std::to_string(columns) + " types are given");
  }
  result_ = result.release();
}

RowSet::~RowSet() { delete static_cast<driver::Result*>(result_); }

RowSet::RowSet(RowSet&& other) noexcept
    : result_(std::exchange(other.result_, nullptr)) {}

std::size_t RowSet::size() const {
  return result_ == nullptr ? 0 : result_of(result_).rows.size();
}

bool RowSet::is_null(std::size_t row, std::size_t column) const {
  return std::holds_alternative<std::monostate>(value_at(result_, row, column));
}

long long RowSet::integer(std::size_t row, std::size_t column, long long lowest,
                          unsigned long long highest) const {
  const driver::Value& value = value_at(result_, row, column);
  std::optional<std::int64_t> number = number_in<std::int64_t>(value);
  if (const auto* stored = std::get_if<std::int64_t>(&value)) number = *stored;
  if (!number.has_value()) refuse(result_of(result_), row, column, "an integer");
  const bool is_too_high =
      *number > 0 && static_cast<unsigned long long>(*number) > highest;
  if (*number < lowest || is_too_high) {
    throw UnitError(place_of(result_of(result_), row, column) + " is " +
                    std::to_string(*number) + ", which does not fit its type");
  }
  return *number;
}

double RowSet::real(std::size_t row, std::size_t column) const {
  const driver::Value& value = value_at(result_, row, column);
  if (const auto* stored = std::get_if<double>(&value)) return *stored;
  if (const auto* whole = std::get_if<std::int64_t>(&value)) {
    return static_cast<double>(*whole);
  }
  const std::optional<double> number = number_in<double>(value);
  if (!number.has_value()) refuse(result_of(result_), row, column, "a real number");
  return *number;
}

bool RowSet::boolean(std::size_t row, std::size_t column) const {
  const driver::Value& value = value_at(result_, row, column);
  if (const auto* stored = std::get_if<bool>(&value)) return *stored;
  // SQLite keeps truth values as 0 and 1.
  if (const auto* whole = std::get_if<std::int64_t>(&value)) {
    if (*whole == 0 || *whole == 1) return *whole == 1;
  }
  refuse(result_of(result_), row, column, "a truth value");
}

Characters RowSet::text(std::size_t row, std::size_t column) const {
  const auto* text = std::get_if<std::string>(&value_at(result_, row, column));
  if (text == nullptr) refuse(result_of(result_), row, column, "text");
  return Characters::borrowed(text->data(), text->size());
}

Characters RowSet::bytes(std::size_t row, std::size_t column) const {
  const auto* blob = std::get_if<driver::Blob>(&value_at(result_, row, column));
  if (blob == nullptr) refuse(result_of(result_), row, column, "bytes");
  return Characters::borrowed(blob->bytes.data(), blob->bytes.size());
}

void refuse_range() { throw UnitError("a number does not fit the type of its column"); }

void insert_values(operations::OperationSink& sink, Characters table, Characters schema,
                   const std::vector<Characters>& columns,
                   const std::vector<Value>& values) {
  if (values.empty()) return;
  operations::BulkInsertOp op{.table = operations::text_of(table),
                              .schema = operations::text_of(schema),
                              .columns = {},
                              .rows = {}};
  for (const Characters& name : columns)
    op.columns.push_back(operations::text_of(name));
  op.rows.reserve(values.size() / columns.size());
  for (std::size_t place = 0; place < values.size(); ++place) {
    if (place % columns.size() == 0) op.rows.emplace_back();
    op.rows.back().push_back(operations::value_of(values[place]));
  }
  sink.apply(std::move(op));
}

}  // namespace revise::detail
