/// A table made anew on PostgreSQL, with all that the old one had, its columns in
/// another order.
///
/// Changes to what the table is are made in place, before: that is batch's business.

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/dialects/live.hpp"

namespace revise::postgresql {

struct Recreation {
  std::int64_t oid = 0;              ///< the table's
  int server_version = 0;            ///< server_version_num
  std::string temporary_name;        ///< of the new table while the old one is there
  std::vector<std::string> columns;  ///< all of the table's, in the order wanted
  std::string method = {};           ///< its access method; empty: as it is
  std::string tablespace = {};       ///< empty: as it is
};

/// The statements, as the catalog has it now. The search path must be empty, so that
/// the statements name everything in full, and the table locked.
std::vector<std::string> plan_recreation(const Recreation& recreation,
                                         const dialects::Live& live);

}  // namespace revise::postgresql
