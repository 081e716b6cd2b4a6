/// The rows of a bundle's table as scripts, and back.

#pragma once

#include <string>
#include <vector>

#include "engine/script/script.hpp"
#include "engine/unit/bundle.hpp"

namespace revise::commands {

/// In the table's order; paths lie below `directory`, where no file need be.
std::vector<script::Script> scripts_of(const unit::BundleTable& table,
                                       const std::string& directory);

/// What the table is to hold of `script`, which lies below `directory` or keeps its
/// whole path.
unit::BundleRevision bundle_revision(const script::Script& script,
                                     const std::string& directory);

}  // namespace revise::commands
