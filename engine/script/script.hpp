/// One file of a version location: a revision with what its source says of it.
///
/// Plain values. How they are read is unit_scanner's and python_scanner's business,
/// how they hang together is engine/graph's.

#pragma once

#include <string>

#include "engine/graph/revision.hpp"

namespace revise::script {

/// What the file is written in.
enum class Language {
  Cpp,     ///< a unit, which can be built and run
  Python,  ///< one of Alembic's own: member of the graph, never run
};

/// Which functions of a unit hold an `autocommit_block`, as far as the text shows:
/// the transaction is committed before and after them. Python files: both false.
struct AutocommitBlocks {
  bool upgrade = false;
  bool downgrade = false;
};

struct Script {
  graph::Revision revision = {};  ///< its `origin` is `path`, a colon and `line`
  std::string doc = {};           ///< first paragraph of `longdoc`; may hold newlines
  std::string longdoc = {};       ///< the leading comment or docstring, stripped
  std::string path = {};          ///< absolute
  int line = 0;                   ///< where the revision is declared, from 1
  Language language = Language::Cpp;
  AutocommitBlocks autocommit = {};
};

}  // namespace revise::script
