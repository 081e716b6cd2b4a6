#include "engine/operations/arena.hpp"

#include <algorithm>

namespace revise::operations {

namespace {

constexpr std::size_t kBlockBytes = 4096;

thread_local Arena* current = nullptr;

// Never destroyed: a unit's objects may be used until the very end of the program.
Arena& program_arena() {
  thread_local Arena* arena = new Arena;
  return *arena;
}

}  // namespace

Arena::~Arena() {
  // Last made, first gone, as for any other objects.
  for (auto object = objects_.rbegin(); object != objects_.rend(); ++object) {
    object->destroy(object->object);
  }
}

char* Arena::allocate(std::size_t size) {
  if (size > free_) {
    const std::size_t block = std::max(size, kBlockBytes);
    blocks_.push_back(std::make_unique<char[]>(block));
    next_ = blocks_.back().get();
    free_ = block;
  }
  char* const allocated = next_;
  next_ += size;
  free_ -= size;
  return allocated;
}

ArenaScope::ArenaScope(Arena& arena) : before_(current) { current = &arena; }

ArenaScope::~ArenaScope() { current = before_; }

Arena& current_arena() { return current != nullptr ? *current : program_arena(); }

}  // namespace revise::operations
