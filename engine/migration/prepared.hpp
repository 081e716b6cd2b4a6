/// A transaction that one of several PostgreSQL databases has prepared.
/// https://www.postgresql.org/docs/15/view-pg-prepared-xacts.html
///
/// Which of them are to be committed is the business of two_phase.hpp for a run that
/// goes on, and of left_prepared.hpp afterwards.

#pragma once

#include <string>
#include <vector>

#include "engine/driver/connection.hpp"
#include "engine/migration/participant.hpp"

namespace revise::migration {

struct Prepared {
  enum class First {
    Here,   ///< the first database of the run is on the same server
    There,  ///< on another, or that is not known
  };
  std::string run = {};    ///< tells those of one run from others
  int place = 0;           ///< among the databases of its run, from 0
  std::string first = {};  ///< name_of_first()
  First where = First::There;
  /// What the server of the first calls its transaction: whether that was committed is
  /// known there, also once it is not prepared any more.
  std::string transaction = {};
  std::string gid = {};    ///< holds all of the above
  std::string owner = {};  ///< the role that it was prepared as, and that may end it
};

/// The gid of what `prepared` says, in the version table of `participant`.
std::string make_gid(const Prepared& prepared, const Participant& participant);

/// What others call the first database of their run: a hash of its URL and its server,
/// neither of which alone tells it from a copy.
std::string name_of_first(const Run& run, const DatabasePlace& place);

/// What is prepared in the participant's database for its version table. Throws
/// DatabaseError, with the way out, on one that has such a name and no such content.
std::vector<Prepared> find_prepared(const Participant& participant);

bool is_prepared(driver::Connection& connection, const std::string& gid);

enum class Ending { Commit, Rollback };

/// "COMMIT PREPARED '...'".
std::string ending_sql(const std::string& gid, Ending ending);

/// As its owner, if need be. Throws DatabaseError.
void end_prepared(driver::Connection& connection, const Prepared& prepared,
                  Ending ending);

enum class Fate {
  Open,
  Committed,
  RolledBack,
  Unknown,  ///< too long ago for the server to know
};

/// What became of `transaction`, of any database of that server.
Fate find_fate(driver::Connection& connection, const std::string& transaction);

}  // namespace revise::migration
