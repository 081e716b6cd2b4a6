/// Many rows on their way into a table, in few messages.
///
/// Which way means what is asked is not known here, nor what is told of a refusal: the
/// server's answers are noted as those to any statement are.

#pragma once

#include <libpq-fe.h>

#include <cstddef>
#include <span>
#include <string>

#include "engine/driver/connection.hpp"

namespace revise::driver {

/// Runs `statement` once for each of `rows`, in order, and sends up to `at_once` of
/// them before it reads what became of the first. Returns how many were taken; fewer
/// than all: the next one was refused, or the connection lost. Outside a transaction
/// those that went with a refused one are undone. Throws DatabaseError on text that
/// holds a byte of zero.
std::size_t run_for_rows(PGconn* connection, const std::string& statement,
                         std::span<const Row> rows, std::size_t at_once);

/// Sends `rows` as the data of `copy`, a COPY ... FROM STDIN in text format. False: it
/// was refused, or the connection lost. Throws as run_for_rows() does.
bool copy_rows(PGconn* connection, const std::string& copy, std::span<const Row> rows);

}  // namespace revise::driver
