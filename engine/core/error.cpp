#include "engine/core/error.hpp"

#include <cstring>
#include <utility>

namespace revise {

Error::Error(std::string message) : message_(std::move(message)) {}
Error::~Error() = default;

void Error::add_context(std::string doing) { contexts_.push_back(std::move(doing)); }
void Error::add_note(std::string note) { notes_.push_back(std::move(note)); }

UsageError::~UsageError() = default;

ConfigError::ConfigError(std::string message, std::string file, int line)
    : Error(std::move(message)), file_(std::move(file)), line_(line) {}
ConfigError::~ConfigError() = default;

const char* name_of(RevisionErrorKind kind) {
  switch (kind) {
    case RevisionErrorKind::Revision: return "RevisionError";
    case RevisionErrorKind::Resolution: return "ResolutionError";
    case RevisionErrorKind::MultipleHeads: return "MultipleHeads";
    case RevisionErrorKind::RangeNotAncestor: return "RangeNotAncestorError";
    case RevisionErrorKind::Cycle: return "CycleDetected";
    case RevisionErrorKind::DependencyCycle: return "DependencyCycleDetected";
    case RevisionErrorKind::Loop: return "LoopDetected";
    case RevisionErrorKind::DependencyLoop: return "DependencyLoopDetected";
    case RevisionErrorKind::Command: return "CommandError";
  }
  return "RevisionError";
}

RevisionError::RevisionError(RevisionErrorKind kind, std::string message,
                             std::string argument, std::vector<std::string> heads)
    : Error(std::move(message)),
      kind_(kind),
      argument_(std::move(argument)),
      heads_(std::move(heads)) {}
RevisionError::~RevisionError() = default;

UnitError::UnitError(std::string message, std::string path, std::string output)
    : Error(std::move(message)), path_(std::move(path)), output_(std::move(output)) {}
UnitError::~UnitError() = default;

DatabaseError::DatabaseError(std::string message, DatabaseErrorDetails details)
    : Error(std::move(message)), details_(std::move(details)) {}
DatabaseError::~DatabaseError() = default;

UnsupportedError::~UnsupportedError() = default;

Interrupted::Interrupted(int signal)
    : Error(std::string("ended by signal ") + std::to_string(signal) + " (" +
            strsignal(signal) + ")"),
      signal_(signal) {}
Interrupted::~Interrupted() = default;

}  // namespace revise
