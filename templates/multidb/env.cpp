// What takes code: URLs that are computed, a call for each step. As long as all of this
// is a comment, nothing is compiled and the settings in alembic.ini hold. To use it, take
// out the two lines with a star.
/*
#include <revise/env.hpp>

namespace {

using namespace revise;

// Called once for each of the databases; what it configures is for that one.
void run_migrations(Environment& context) {
  if (context.engine_name() == "engine2") {
    // revise -x shard=7 upgrade head
    const auto shard = context.get_x_argument("shard").value_or("1");
    context.configure({.url = "sqlite:///shard" + shard + ".db"});
  }
  context.run_migrations();
}

}  // namespace

REVISE_ENV(run_migrations)
*/
