// The ways out of a process that pass by what atexit() registered. A unit that takes
// one would end a run half way with the status that it likes; it finds these in the
// tool, or in the bundle that it is linked into, before those of libc.

#include <stdlib.h>
#include <unistd.h>

#include "engine/core/process.hpp"
#include "engine/unit/crash_notice.hpp"

extern "C" {

[[gnu::visibility("default")]] void _exit(int status) {
  revise::unit::tell_unit_exit();
  revise::end_at_once(status);
}

[[gnu::visibility("default")]] void _Exit(int status) noexcept { _exit(status); }

}  // extern "C"
