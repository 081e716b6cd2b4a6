/// The one family of exceptions, for what a person must be told.
///
/// Absence is not an error here, and a breach of our own contract is an assert.
/// Who prints an error, and with which exit status, is tools/revise.cpp's business.

#pragma once

#include <cstddef>
#include <exception>
#include <string>
#include <vector>

#pragma GCC visibility push(default)

namespace revise {

/// Base of all that the engine throws on purpose.
///
/// The message is one sentence, lower case, without a final stop, and quotes
/// the thing at fault as its user spelt it. Alembic's own messages keep their
/// wording and capitals.
class Error : public std::exception {
 public:
  explicit Error(std::string message);
  ~Error() override;  // out of line: the class's type info stands in one object file

  const char* what() const noexcept override { return message_.c_str(); }

  /// Notes what was being done; innermost first. For a handler that has this to
  /// add, and then says `throw;`.
  void add_context(std::string doing);
  const std::vector<std::string>& contexts() const noexcept { return contexts_; }

  /// Adds a line that is printed below the message: the state things are in, the
  /// way out, candidates. Without a final newline.
  void add_note(std::string note);
  const std::vector<std::string>& notes() const noexcept { return notes_; }

 private:
  std::string message_;
  std::vector<std::string> contexts_;
  std::vector<std::string> notes_;
};

/// Arguments that make no sense; exit status 2.
class UsageError : public Error {
 public:
  using Error::Error;
  ~UsageError() override;
};

/// A setting that is absent or wrong.
class ConfigError : public Error {
 public:
  explicit ConfigError(std::string message, std::string file = {}, int line = 0);
  ~ConfigError() override;

  const std::string& file() const noexcept { return file_; }
  int line() const noexcept { return line_; }  ///< 1-based; 0: none

 private:
  std::string file_;
  int line_;
};

/// What is wrong with the graph, or with a target that was asked of it. Named as
/// Alembic's classes (script/revision.py, util/exc.py), from which they come.
enum class RevisionErrorKind {
  Revision,          ///< RevisionError itself
  Resolution,        ///< ResolutionError
  MultipleHeads,     ///< MultipleHeads
  RangeNotAncestor,  ///< RangeNotAncestorError
  Cycle,             ///< CycleDetected
  DependencyCycle,   ///< DependencyCycleDetected
  Loop,              ///< LoopDetected
  DependencyLoop,    ///< DependencyLoopDetected
  Command,           ///< CommandError, raised by the command layer itself
};

/// The class name of `kind` in Alembic and in the conformance vectors.
const char* name_of(RevisionErrorKind kind);

/// The graph, or a target asked of it, is at fault. The message is Alembic's API
/// text; the text that a command prints is made from kind, argument and heads by
/// commands/revision_message.
class RevisionError : public Error {
 public:
  explicit RevisionError(RevisionErrorKind kind, std::string message,
                         std::string argument = {},
                         std::vector<std::string> heads = {});
  ~RevisionError() override;

  RevisionErrorKind kind() const noexcept { return kind_; }
  const std::string& argument() const noexcept { return argument_; }
  const std::vector<std::string>& heads() const noexcept { return heads_; }

 private:
  RevisionErrorKind kind_;
  std::string argument_;
  std::vector<std::string> heads_;
};

/// A unit that cannot be read, built or loaded, or that threw.
class UnitError : public Error {
 public:
  explicit UnitError(std::string message, std::string path = {},
                     std::string output = {});
  ~UnitError() override;

  const std::string& path() const noexcept { return path_; }
  /// The compiler's, linker's or loader's own words, as they wrote them.
  const std::string& output() const noexcept { return output_; }

 private:
  std::string path_;
  std::string output_;
};

/// A refused statement or connection.
struct DatabaseErrorDetails {
  std::string statement = {};  ///< empty: none was being run
  std::string code = {};       ///< SQLSTATE, or SQLite's extended code as a number
  std::string detail = {};
  std::string hint = {};
  int position = 0;  ///< in characters from 1; 0: not told
  /// Which of several texts that were sent together, from 0; npos: it was none of such.
  std::size_t text = std::string::npos;
  /// Of several that one statement was run for, from 1; 0: it was run once.
  std::size_t row = 0;
  bool connection_lost = false;  ///< the server went away; the outcome may be open
};

class DatabaseError : public Error {
 public:
  explicit DatabaseError(std::string message, DatabaseErrorDetails details = {});
  ~DatabaseError() override;

  const DatabaseErrorDetails& details() const noexcept { return details_; }
  const std::string& statement() const noexcept { return details_.statement; }
  const std::string& code() const noexcept { return details_.code; }

 private:
  DatabaseErrorDetails details_;
};

/// A dialect cannot do what was asked; the message says what would.
class UnsupportedError : public Error {
 public:
  using Error::Error;
  ~UnsupportedError() override;
};

/// A signal asked for the end. The exit status is 128 + `signal`.
class Interrupted : public Error {
 public:
  explicit Interrupted(int signal);
  ~Interrupted() override;

  int signal() const noexcept { return signal_; }

 private:
  int signal_;
};

}  // namespace revise

#pragma GCC visibility pop
