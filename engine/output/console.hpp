/// The one writer to standard output and standard error.
///
/// Results go to the first, all that is said about the work to the second. What
/// the texts say is the business of listing, json and the commands.

#pragma once

#include <string>
#include <string_view>

namespace revise::output {

enum class Verbosity {
  Normal,
  Quiet,  ///< results are dropped; scripts, logs and errors are not
};

/// Output to two open descriptors, which it does not own.
class Console {
 public:
  /// Descriptors of standard output and standard error, when not told otherwise.
  explicit Console(int out = 1, int err = 2);
  /// Writes what is left; a failure of that goes unseen, so flush() first.
  ~Console();

  Console(const Console&) = delete;
  Console& operator=(const Console&) = delete;

  void set_verbosity(Verbosity verbosity) { verbosity_ = verbosity; }

  /// A result or a status. Buffered. On a terminal, and only there, control characters
  /// are spelt out: texts come from units and databases. Throws Error when it cannot be
  /// written.
  void print(std::string_view text);

  /// What was asked for as a file: as it is, whatever the verbosity is.
  void write(std::string_view text);

  /// To standard error, at once, after what was printed before it; control characters
  /// as in print(). Never throws: there is nowhere left to tell.
  void note(std::string_view text) noexcept;

  /// As note(), with its control characters: progress, which draws over itself.
  void draw(std::string_view text) noexcept;

  /// As note(), of a failure: "FAILED:" at its beginning is red where err_has_colour().
  void fail(std::string_view text) noexcept;

  /// Writes what is buffered. Throws Error when it cannot be written.
  void flush();

  bool out_is_terminal() const;
  bool err_is_terminal() const;

  /// A terminal that shows colours (TERM is set, and not to dumb), unless NO_COLOR is
  /// set to anything: https://no-color.org
  bool err_has_colour() const;

 private:
  int out_;
  int err_;
  Verbosity verbosity_ = Verbosity::Normal;
  std::string buffer_;
};

}  // namespace revise::output
