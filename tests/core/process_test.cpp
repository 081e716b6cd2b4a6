#include "engine/core/process.hpp"

#include <dirent.h>
#include <doctest/doctest.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <string>
#include <vector>

#include "engine/core/error.hpp"
#include "engine/core/shell_words.hpp"
#include "engine/core/text.hpp"

namespace {

using namespace revise;
using namespace std::chrono_literals;

ProcessOptions shell(const std::string& script) {
  return {
      .arguments = {"/bin/sh", "-c", script}
  };
}

std::size_t open_descriptors() {
  std::size_t count = 0;
  DIR* folder = ::opendir("/proc/self/fd");
  while (::readdir(folder) != nullptr) ++count;
  ::closedir(folder);
  return count;
}

bool no_child_left() {
  return ::waitpid(-1, nullptr, WNOHANG) == -1 && errno == ECHILD;
}

}  // namespace

TEST_SUITE("core/process") {
  TEST_CASE("output and errors come back in the order written, with the status") {
    const auto result =
        run_process(shell("echo one; echo two >&2; echo three; exit 7"));
    CHECK(result.output == "one\ntwo\nthree\n");
    CHECK(result.exit_status == 7);
    CHECK(result.signal == 0);
    CHECK(!result.succeeded());
  }

  TEST_CASE("a child that a signal ends says which") {
    const auto result = run_process(shell("kill -TERM $$"));
    CHECK(result.signal == SIGTERM);
    CHECK(result.exit_status == 128 + SIGTERM);
  }

  TEST_CASE("arguments reach the program as they are, without a shell in between") {
    const auto result = run_process({
        .arguments = {"printf", "<%s>", "a b", "$HOME", "*", ";ls", "'\"\\", ""}
    });
    CHECK(result.output == "<a b><$HOME><*><;ls><'\"\\><>");
  }

  TEST_CASE("the environment is the parent's, or exactly the one given") {
    ::setenv("REVISE_PROCESS_TEST", "inherited", 1);
    CHECK(run_process(shell("echo $REVISE_PROCESS_TEST")).output == "inherited\n");
    const auto given =
        run_process({.arguments = {"env"}, .environment = {{"A=1", "B=2 3"}}});
    CHECK(given.output == "A=1\nB=2 3\n");
    ::unsetenv("REVISE_PROCESS_TEST");
  }

  TEST_CASE("input is what was given, of any length, else nothing") {
    const std::string text(1 << 20, 'x');
    CHECK(run_process({.arguments = {"cat"}, .input = text}).output == text);
    CHECK(run_process({.arguments = {"cat"}}).output == "");
    // A child that does not read its input does not stop its parent.
    CHECK(run_process({.arguments = {"true"}, .input = text}).succeeded());
  }

  TEST_CASE("a child starts in its working directory") {
    auto options = shell("pwd");
    options.working_directory = "/usr";
    CHECK(run_process(options).output == "/usr\n");
  }

  TEST_CASE("discarded output is not captured") {
    auto options = shell("echo one; echo two >&2");
    options.output = ProcessOutput::Discard;
    CHECK(run_process(options).output == "");
  }

  TEST_CASE("what cannot be started is named, and why") {
    CHECK_THROWS_WITH_AS(run_process({.arguments = {"no-such-program-here"}}),
                         "cannot start 'no-such-program-here': no such program", Error);
    CHECK_THROWS_WITH_AS(run_process({.arguments = {"/etc/passwd"}}),
                         "cannot start '/etc/passwd': Permission denied", Error);
    CHECK_THROWS_WITH_AS(
        run_process({.arguments = {"true"}, .working_directory = "/no/such"}),
        "cannot start 'true' in '/no/such': No such file or directory", Error);
  }

  TEST_CASE("a child has default signals and no descriptor of its parent") {
    const int leaked = ::open("/dev/null", O_RDONLY);  // as a careless library would
    struct sigaction ignore = {};
    struct sigaction before = {};
    ignore.sa_handler = SIG_IGN;
    ::sigaction(SIGPIPE, &ignore, &before);
    const auto result = run_process({
        .arguments = {"grep", "-E", "Sig(Ign|Blk)|FDSize", "/proc/self/status"}
    });
    const auto files = run_process({
        .arguments = {"ls", "/proc/self/fd"}
    });
    ::sigaction(SIGPIPE, &before, nullptr);
    ::close(leaked);
    CHECK(result.output.find("SigBlk:\t0000000000000000") != std::string::npos);
    // glibc's posix_spawn leaves its own two real-time signals (32, 33) ignored.
    const auto ignored = result.output.find("SigIgn:\t") + 8;
    CHECK((std::stoull(result.output.substr(ignored), nullptr, 16) & ~(3ULL << 31)) ==
          0);
    CHECK(files.output == "0\n1\n2\n3\n");  // 3 is the folder that ls reads
  }

  TEST_CASE("several run at once; each is told as it ends, whatever the order") {
    std::vector<Process> started;
    for (const std::string word : {"0.2", "0.1", "0"}) {
      started.emplace_back(shell("sleep " + word + "; echo " + word));
    }
    std::vector<std::size_t> left = {0, 1, 2};
    std::string order;
    while (!left.empty()) {
      std::vector<const Process*> running;
      for (const auto i : left) running.push_back(&started[i]);
      const auto ended = wait_any(running, 10s);
      REQUIRE(ended.has_value());
      order += started[left[*ended]].wait().output;
      left.erase(left.begin() + static_cast<std::ptrdiff_t>(*ended));
    }
    CHECK(order == "0\n0.1\n0.2\n");
    CHECK(no_child_left());
  }

  TEST_CASE("waiting for any ends when its time is over") {
    const Process sleeper({
        .arguments = {"sleep", "100"}
    });
    CHECK(!wait_any({&sleeper}, 10ms).has_value());
  }

  TEST_CASE("poll tells once a child has ended, and not before") {
    Process child({.arguments = {"cat"}, .input = "x"});
    wait_any({&child}, 10s);
    const auto result = child.poll();
    REQUIRE(result.has_value());
    CHECK(result->output == "x");
    Process sleeper({
        .arguments = {"sleep", "100"}
    });
    CHECK(!sleeper.poll().has_value());
    sleeper.kill(SIGINT);
    CHECK(sleeper.wait().signal == SIGINT);
  }

  TEST_CASE("neither descriptors nor zombies are left behind") {
    const auto before = open_descriptors();
    for (int i = 0; i < 20; ++i) run_process({.arguments = {"true"}, .input = "x"});
    {
      const Process abandoned({
          .arguments = {"sleep", "100"}
      });
    }
    CHECK_THROWS_AS(run_process({.arguments = {"/etc/passwd"}, .input = "x"}), Error);
    CHECK(open_descriptors() == before);
    CHECK(no_child_left());
  }

  TEST_CASE("a program is found in the PATH, or is where its slash says") {
    CHECK(find_program("sh").substr(0, 1) == "/");
    CHECK(find_program("no-such-program-here") == "");
    CHECK(find_program("./here") == "./here");
  }
}

TEST_SUITE("core/shell_words") {
  TEST_CASE("words are split as Python's shlex.split does") {
    const struct {
      std::string text;
      std::string words;  // joined by |
    } rows[] = {
        {"",                  ""                 },
        {"  a\tb\n c ",       "a|b|c"            },
        {"'a b' \"c d\"",     "a b|c d"          },
        {"a'b'\"c\"d",        "abcd"             },
        {"'' a",              "|a"               },
        {R"(a\ b \\ \')",     R"(a b|\|')"       },
        {R"("a\"b\\c\d")",    R"(a"b\c\d)"       },
        {R"('a\b')",          R"(a\b)"           },
        {"-I$HOME `ls` # no", "-I$HOME|`ls`|#|no"},
    };
    for (const auto& row : rows) {
      CAPTURE(row.text);
      CHECK(join(split_command(row.text), "|") == row.words);
    }
  }

  TEST_CASE("what is left open is an error") {
    CHECK_THROWS_WITH_AS(split_command("a 'b"), "no closing quotation in 'a 'b'",
                         Error);
    CHECK_THROWS_WITH_AS(split_command("a\\"),
                         "no escaped character at the end of 'a\\'", Error);
  }

  TEST_CASE("a quoted word is read back as it was") {
    for (const std::string word :
         {"", "plain-1.2", "a b", "it's", "$x\\", "\"", "a\nb"}) {
      CAPTURE(word);
      CHECK(join(split_command(quote_word(word)), "|") == word);
    }
  }
}
