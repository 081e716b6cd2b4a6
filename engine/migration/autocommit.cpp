#include "engine/migration/autocommit.hpp"

#include "engine/core/error.hpp"

namespace revise::migration {

void check_autocommit_place(operations::AutocommitPlace place, bool has_changed) {
  if (place != operations::AutocommitPlace::First || !has_changed) return;
  throw UnitError(
      "autocommit_block() must be the first change of its function: it would commit "
      "what came before without a version row; split the revision, or give "
      "{.after_changes = true}");
}

void refuse_block(const std::string& step) {
  throw UnsupportedError(
      "a block outside a transaction" + (step.empty() ? "" : ", as " + step + " has,") +
      " needs a session of its own, and a transaction pooler stands before this "
      "server; give a URL that leads to the server itself");
}

void refuse_nested_autocommit() {
  throw UnitError(
      "an autocommit_block() stands inside another; what is in it is outside any "
      "transaction already");
}

}  // namespace revise::migration
