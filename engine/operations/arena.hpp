/// Where the handles that a unit writes keep what they stand for.
///
/// One arena a step and thread; without one, what a unit makes at namespace scope
/// while it is loaded is kept for as long as the program runs.

#pragma once

#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

namespace revise::operations {

/// Owns what handles point to. Not to be shared between threads.
class Arena {
 public:
  Arena() = default;
  ~Arena();
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;

  /// `size` bytes, not aligned.
  char* allocate(std::size_t size);

  /// An object that lives as long as the arena.
  template <typename T>
  T* make(T value) {
    auto* made = new T(std::move(value));
    objects_.push_back({made, [](void* object) { delete static_cast<T*>(object); }});
    return made;
  }

 private:
  struct Object {
    void* object;
    void (*destroy)(void*);
  };

  std::vector<Object> objects_;
  std::vector<std::unique_ptr<char[]>> blocks_;
  std::size_t free_ = 0;  // bytes left at the end of the last block
  char* next_ = nullptr;
};

/// While it lives, handles made on this thread use `arena`; the one before it comes
/// back afterwards. The runner opens one a step.
class ArenaScope {
 public:
  explicit ArenaScope(Arena& arena);
  ~ArenaScope();
  ArenaScope(const ArenaScope&) = delete;
  ArenaScope& operator=(const ArenaScope&) = delete;

 private:
  Arena* before_;
};

/// The arena of the innermost ArenaScope on this thread, or the program's own.
Arena& current_arena();

}  // namespace revise::operations
