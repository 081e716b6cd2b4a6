#include <charconv>
#include <cmath>
#include <revise/data.hpp>
#include <string_view>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/operations/arrays.hpp"
#include "engine/operations/handles.hpp"
#include "engine/operations/sink.hpp"
#include "engine/operations/times.hpp"
#include "engine/operations/values.hpp"

namespace revise::detail {

namespace {

// What a RowSet holds: a query's rows, or an array's elements as text.
struct State {
  driver::Result result = {};
  bool is_sqlite = false;
  std::string array = {};  // where the array stands; empty: these are a query's rows

  const driver::Value& value(std::size_t row, std::size_t column) const {
    return result.rows[row][column];
  }

  std::string place(std::size_t row, std::size_t column) const {
    if (!array.empty()) return "element " + std::to_string(row + 1) + " of " + array;
    return "column " + quoted(result.columns[column]) + " of row " +
           std::to_string(row + 1);
  }
};

const State& state_of(const void* state) { return *static_cast<const State*>(state); }

struct KindOf {
  const char* operator()(std::monostate) const { return "NULL"; }
  const char* operator()(bool) const { return "a truth value"; }
  const char* operator()(std::int64_t) const { return "an integer"; }
  const char* operator()(double) const { return "a real number"; }
  const char* operator()(const std::string&) const { return "text"; }
  const char* operator()(const driver::Blob&) const { return "bytes"; }
};

[[noreturn]] void refuse(const State& state, std::size_t row, std::size_t column,
                         const char* wanted) {
  const driver::Value& value = state.value(row, column);
  if (std::holds_alternative<std::monostate>(value)) {
    throw UnitError(state.place(row, column) +
                    " is NULL; std::optional takes such values");
  }
  throw UnitError(state.place(row, column) + " is " + std::visit(KindOf{}, value) +
                  ", not " + wanted);
}

[[noreturn]] void refuse_text(const State& state, std::size_t row, std::size_t column,
                              const std::string& text, const std::string& why) {
  throw UnitError(state.place(row, column) + " is " + quoted(text) + ", " + why);
}

struct Written {
  std::string operator()(std::monostate) const { return "NULL"; }
  std::string operator()(bool value) const { return value ? "true" : "false"; }
  std::string operator()(std::int64_t value) const { return std::to_string(value); }
  std::string operator()(double value) const {
    char digits[32];
    return {digits, std::to_chars(digits, std::end(digits), value).ptr};
  }
  std::string operator()(const std::string& value) const { return value; }
  std::string operator()(const driver::Blob&) const { return "bytes"; }
};

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

bool is_whole(const driver::Value& value) {
  const auto* text = std::get_if<std::string>(&value);
  if (text == nullptr) return false;
  const auto digits = std::string_view(*text).substr(text->starts_with('-') ? 1 : 0);
  return !digits.empty() && digits.find_first_not_of("0123456789") == digits.npos;
}

const std::string& text_at(const State& state, std::size_t row, std::size_t column,
                           const char* wanted) {
  const auto* text = std::get_if<std::string>(&state.value(row, column));
  if (text == nullptr) refuse(state, row, column, wanted);
  return *text;
}

std::int64_t count_of(const State& state, std::size_t row, std::size_t column,
                      const std::string& text, const operations::ParsedTime& parsed) {
  if (!parsed.fault.empty()) refuse_text(state, row, column, text, parsed.fault);
  return parsed.count;
}

}  // namespace

RowSet::RowSet(operations::OperationSink& sink, TextClause sql, Parameters parameters,
               std::size_t columns)
    : state_(nullptr) {
  const auto values = operations::parameters_of(parameters, sink.dialect());
  auto state = std::make_unique<State>();
  state->result = sink.query(operations::text_of(sql.sql()), values);
  state->is_sqlite = sink.dialect() == "sqlite";
  if (state->result.columns.size() != columns) {
    throw UnitError("the query yields " + std::to_string(state->result.columns.size()) +
                    " columns, but " + std::to_string(columns) + " types are given");
  }
  state_ = state.release();
}

RowSet::~RowSet() { delete static_cast<State*>(state_); }

RowSet::RowSet(RowSet&& other) noexcept
    : state_(std::exchange(other.state_, nullptr)) {}

std::size_t RowSet::size() const {
  return state_ == nullptr ? 0 : state_of(state_).result.rows.size();
}

bool RowSet::is_null(std::size_t row, std::size_t column) const {
  return std::holds_alternative<std::monostate>(state_of(state_).value(row, column));
}

void RowSet::refuse_size(std::size_t row, std::size_t column) const {
  const State& state = state_of(state_);
  throw UnitError(state.place(row, column) + " is " +
                  std::visit(Written{}, state.value(row, column)) +
                  ", which does not fit its type");
}

long long RowSet::integer(std::size_t row, std::size_t column, long long lowest,
                          long long highest) const {
  const driver::Value& value = state_of(state_).value(row, column);
  std::optional<std::int64_t> number = number_in<std::int64_t>(value);
  if (const auto* stored = std::get_if<std::int64_t>(&value)) number = *stored;
  if (!number.has_value() && is_whole(value)) refuse_size(row, column);
  if (!number.has_value()) refuse(state_of(state_), row, column, "an integer");
  if (*number < lowest || *number > highest) refuse_size(row, column);
  return *number;
}

unsigned long long RowSet::natural(std::size_t row, std::size_t column,
                                   unsigned long long highest) const {
  const driver::Value& value = state_of(state_).value(row, column);
  std::optional<std::uint64_t> number = number_in<std::uint64_t>(value);
  if (const auto* stored = std::get_if<std::int64_t>(&value)) {
    if (*stored < 0) refuse_size(row, column);
    number = static_cast<std::uint64_t>(*stored);
  }
  if (!number.has_value() && is_whole(value)) refuse_size(row, column);
  if (!number.has_value()) refuse(state_of(state_), row, column, "an integer");
  if (*number > highest) refuse_size(row, column);
  return *number;
}

double RowSet::real(std::size_t row, std::size_t column, double highest) const {
  const driver::Value& value = state_of(state_).value(row, column);
  std::optional<double> number = number_in<double>(value);
  if (const auto* stored = std::get_if<double>(&value)) number = *stored;
  if (const auto* whole = std::get_if<std::int64_t>(&value)) {
    number = static_cast<double>(*whole);
  }
  if (!number.has_value()) refuse(state_of(state_), row, column, "a real number");
  if (std::isfinite(*number) && std::fabs(*number) > highest) refuse_size(row, column);
  return *number;
}

bool RowSet::boolean(std::size_t row, std::size_t column) const {
  const State& state = state_of(state_);
  const driver::Value& value = state.value(row, column);
  if (const auto* stored = std::get_if<bool>(&value)) return *stored;
  // SQLite keeps truth values as 0 and 1, an array as t and f.
  if (const auto* whole = std::get_if<std::int64_t>(&value)) {
    if (*whole == 0 || *whole == 1) return *whole == 1;
  }
  if (const auto* text = std::get_if<std::string>(&value);
      text && !state.array.empty()) {
    if (*text == "t" || *text == "f") return *text == "t";
  }
  refuse(state, row, column, "a truth value");
}

Characters RowSet::text(std::size_t row, std::size_t column) const {
  const std::string& text = text_at(state_of(state_), row, column, "text");
  return Characters::borrowed(text.data(), text.size());
}

std::string RowSet::bytes(std::size_t row, std::size_t column) const {
  const State& state = state_of(state_);
  const driver::Value& value = state.value(row, column);
  if (const auto* blob = std::get_if<driver::Blob>(&value)) return blob->bytes;
  if (const auto* text = std::get_if<std::string>(&value);
      text && !state.array.empty()) {
    if (auto bytes = operations::parse_bytea(*text)) return *bytes;
  }
  refuse(state, row, column, "bytes");
}

UuidValue RowSet::uuid(std::size_t row, std::size_t column) const {
  const State& state = state_of(state_);
  const std::string& text = text_at(state, row, column, "a UUID");
  if (!operations::parse_uuid(text)) {
    refuse_text(state, row, column, text, "which is no UUID");
  }
  return UuidValue::from_string(text);
}

long long RowSet::date(std::size_t row, std::size_t column) const {
  const State& state = state_of(state_);
  const std::string& text = text_at(state, row, column, "a date");
  return count_of(state, row, column, text, operations::parse_date(text));
}

long long RowSet::wall_time(std::size_t row, std::size_t column) const {
  const State& state = state_of(state_);
  const std::string& text = text_at(state, row, column, "a date and time");
  const auto parsed = operations::parse_timestamp(text);
  if (parsed.has_zone) {
    refuse_text(state, row, column, text,
                "which has a time zone; std::chrono::sys_time takes it");
  }
  return count_of(state, row, column, text, parsed);
}

long long RowSet::instant(std::size_t row, std::size_t column) const {
  const State& state = state_of(state_);
  const std::string& text = text_at(state, row, column, "a date and time");
  const auto parsed = operations::parse_timestamp(text);
  // SQLite's CURRENT_TIMESTAMP is in UTC and does not say so.
  if (parsed.fault.empty() && !parsed.has_zone && !state.is_sqlite) {
    refuse_text(state, row, column, text,
                "which has no time zone; std::chrono::local_time takes it");
  }
  return count_of(state, row, column, text, parsed);
}

long long RowSet::span(std::size_t row, std::size_t column) const {
  const State& state = state_of(state_);
  const std::string& text = text_at(state, row, column, "a time or an interval");
  const auto parsed = operations::parse_span(text);
  if (!parsed.fault.empty() && state.is_sqlite) {
    // SQLAlchemy's Interval is the time since 1970 there.
    const auto since = operations::parse_timestamp(text);
    if (since.fault.empty() && !since.has_zone) return since.count;
  }
  return count_of(state, row, column, text, parsed);
}

RowSet RowSet::elements(std::size_t row, std::size_t column) const {
  const State& state = state_of(state_);
  const std::string& text = text_at(state, row, column, "an array");
  const auto elements = operations::parse_array(text);
  if (!elements) refuse(state, row, column, "an array");
  auto inner = std::make_unique<State>();
  inner->result.columns = {state.result.columns[column]};
  inner->is_sqlite = state.is_sqlite;
  inner->array = state.place(row, column);
  for (const auto& element : *elements) {
    driver::Value value;
    if (element) value = *element;
    inner->result.rows.push_back({std::move(value)});
  }
  return RowSet(inner.release());
}

void refuse_range() { throw UnitError("a number does not fit the type of its column"); }

void refuse_time() {
  throw UnitError(
      "a date or time is finer than a microsecond, or beyond what 64 bits of them "
      "hold, or does not exist");
}

void insert_values(operations::OperationSink& sink, Characters table, Characters schema,
                   const std::vector<Characters>& columns,
                   const std::vector<Value>& values, const BulkInsertOptions& options) {
  if (values.empty()) return;
  operations::BulkInsertOp op{.table = operations::text_of(table),
                              .schema = operations::text_of(schema),
                              .columns = {},
                              .rows = {},
                              .multiinsert = !options.multiinsert.is_false()};
  for (const Characters& name : columns)
    op.columns.push_back(operations::text_of(name));
  op.rows.reserve(values.size() / columns.size());
  for (std::size_t place = 0; place < values.size(); ++place) {
    if (place % columns.size() == 0) op.rows.emplace_back();
    op.rows.back().push_back(operations::value_of(values[place], sink.dialect()));
  }
  sink.apply(std::move(op));
}

}  // namespace revise::detail
