#include "engine/driver/postgresql_rows.hpp"

#include <algorithm>
#include <memory>
#include <vector>

#include "engine/core/error.hpp"
#include "engine/driver/postgresql_values.hpp"

namespace revise::driver {

namespace {

constexpr std::size_t kCopyBytes = 64 * 1024;

struct ClearResult {
  void operator()(PGresult* result) const { PQclear(result); }
};
using Answer = std::unique_ptr<PGresult, ClearResult>;

bool is_lost(PGconn* connection) { return PQstatus(connection) != CONNECTION_OK; }

// Names the row whose values cannot be sent.
Parameters values_of(std::span<const Row> rows, std::size_t place) {
  try {
    return Parameters(rows[place]);
  } catch (const DatabaseError& error) {
    auto details = error.details();
    details.row = place + 1;
    throw DatabaseError(error.what(), std::move(details));
  }
}

// Reads what became of one statement of the pipeline, up to the mark between two.
ExecStatusType read_one(PGconn* connection) {
  const Answer answer(PQgetResult(connection));
  const auto status = PQresultStatus(answer.get());
  while (!is_lost(connection) && Answer(PQgetResult(connection)) != nullptr) {
  }
  return status;
}

// After a refusal the server skips to the sync, which is waited for all the same.
std::size_t read_until_sync(PGconn* connection, std::size_t sent) {
  std::size_t taken = 0;
  bool is_refused = false;
  for (std::size_t i = 0; i < sent && !is_lost(connection); ++i) {
    const auto status = read_one(connection);
    is_refused =
        is_refused || (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK);
    taken += is_refused ? 0 : 1;
  }
  const Answer sync(is_lost(connection) ? nullptr : PQgetResult(connection));
  return taken;
}

// The unnamed statement: it leaves nothing behind, also where a pooler shares sessions.
std::size_t run_window(PGconn* connection, const std::string& statement,
                       std::span<const Parameters> window) {
  bool is_sent = PQsendPrepare(connection, "", statement.c_str(), 0, nullptr) == 1;
  for (const auto& values : window) {
    const auto pointers = values.pointers();
    is_sent = is_sent &&
              PQsendQueryPrepared(connection, "", static_cast<int>(pointers.size()),
                                  pointers.data(), nullptr, nullptr, 0) == 1;
  }
  if (!is_sent || PQpipelineSync(connection) != 1) return 0;
  const auto answered = read_until_sync(connection, window.size() + 1);
  return answered == 0 ? 0 : answered - 1;  // the first is the preparation's
}

// As COPY reads it. https://www.postgresql.org/docs/15/sql-copy.html
void add_copied(std::string& data, const char* text) {
  if (text == nullptr) {
    data += "\\N";
    return;
  }
  for (; *text != '\0'; ++text) {
    switch (*text) {
      case '\\':
        data += "\\\\";
        break;
      case '\n':
        data += "\\n";
        break;
      case '\r':
        data += "\\r";
        break;
      case '\t':
        data += "\\t";
        break;
      default:
        data += *text;
    }
  }
}

bool send_copied(PGconn* connection, std::span<const Row> rows) {
  std::string data;
  const auto put = [&] {
    const bool is_put =
        PQputCopyData(connection, data.data(), static_cast<int>(data.size())) == 1;
    data.clear();
    return is_put;
  };
  for (std::size_t place = 0; place < rows.size(); ++place) {
    const auto values = values_of(rows, place);
    const char* between = "";
    for (const char* text : values.pointers()) {
      data += between;
      add_copied(data, text);
      between = "\t";
    }
    data += '\n';
    if (data.size() > kCopyBytes && !put()) return false;
  }
  return put();
}

// Whether all went well, once the session is free again.
bool finish_copy(PGconn* connection, const char* why_not) {
  bool is_done = PQputCopyEnd(connection, why_not) == 1;
  while (!is_lost(connection)) {
    const Answer answer(PQgetResult(connection));
    if (answer == nullptr) break;
    is_done = is_done && PQresultStatus(answer.get()) == PGRES_COMMAND_OK;
  }
  return is_done && !is_lost(connection);
}

}  // namespace

std::size_t run_for_rows(PGconn* connection, const std::string& statement,
                         std::span<const Row> rows, std::size_t at_once) {
  PQenterPipelineMode(connection);
  const struct Leave {
    PGconn* connection;
    ~Leave() { PQexitPipelineMode(connection); }
  } leave{connection};
  std::size_t taken = 0;
  while (taken < rows.size()) {
    // Before any of them is sent: what cannot be throws.
    std::vector<Parameters> window;
    window.reserve(at_once);
    const auto end = std::min(rows.size(), taken + at_once);
    for (auto place = taken; place < end; ++place) {
      window.push_back(values_of(rows, place));
    }
    const auto done = run_window(connection, statement, window);
    taken += done;
    if (done < window.size()) break;
  }
  return taken;
}

bool copy_rows(PGconn* connection, const std::string& copy, std::span<const Row> rows) {
  const Answer ready(PQexec(connection, copy.c_str()));
  if (PQresultStatus(ready.get()) != PGRES_COPY_IN) return false;
  try {
    send_copied(connection, rows);
  } catch (...) {
    finish_copy(connection, "a value cannot be sent");
    throw;
  }
  return finish_copy(connection, nullptr);
}

}  // namespace revise::driver
