#include "engine/dialects/postgresql/recreation.hpp"

#include "engine/core/text.hpp"
#include "engine/dialects/identifier.hpp"
#include "engine/dialects/postgresql/recreation_parts.hpp"

namespace revise::postgresql {

namespace {

using dialects::single_quoted;
using Texts = std::vector<std::string>;

std::string given(const Recreation& recreation) {
  Texts columns;
  for (const auto& column : recreation.columns) {
    columns.push_back(single_quoted(column));
  }
  return "given(oid, fresh_name, columns, method, tablespace) AS (SELECT " +
         std::to_string(recreation.oid) + "::oid, " +
         single_quoted(recreation.temporary_name) + ", ARRAY[" + join(columns, ", ") +
         "]::text[], " + single_quoted(recreation.method) + ", " +
         single_quoted(recreation.tablespace) + ")";
}

}  // namespace

std::vector<std::string> plan_recreation(const Recreation& recreation,
                                         const dialects::Live& live) {
  Texts parts;
  for (const auto group : {table_parts(), object_parts(), closing_parts()}) {
    for (const RecreationPart& part : group) {
      if (recreation.server_version < part.since) continue;
      if (recreation.server_version >= part.before) continue;
      parts.push_back("SELECT " + std::to_string(parts.size()) + ", * FROM (" +
                      part.sql + ") AS p(place, statement)");
    }
  }
  const auto planned =
      live.read("WITH " + given(recreation) + ", " + kRecreatedTable +
                "\nSELECT statement FROM (" + join(parts, "\nUNION ALL\n") +
                ") AS parts(part, place, statement) ORDER BY part, place");
  Texts statements;
  for (const auto& row : planned.rows) {
    statements.push_back(std::get<std::string>(row.at(0)));
  }
  return statements;
}

}  // namespace revise::postgresql
