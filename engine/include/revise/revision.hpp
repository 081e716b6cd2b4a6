/// What a unit says of itself: its place in the graph of revisions, as constants.
///
/// Everything is checked while the unit compiles; the scanner reads the same
/// initialiser without compiling and has the same rules.

#pragma once

namespace revise {

/// The longest identifier that is taken, in characters.
inline constexpr unsigned kMaxRevisionIdLength = 255;

/// The most entries of `down_revision`, `branch_labels` and `depends_on`.
inline constexpr unsigned kMaxRevisionIds = 32;

namespace detail {

// Not constexpr, so that a constant that comes here does not compile; the compiler
// shows the name.
void a_revision_id_is_empty();
void a_revision_id_is_longer_than_255_characters();
void a_revision_id_holds_a_character_that_is_not_allowed();

constexpr bool is_allowed_in_id(char c) {
  const bool is_control = static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
  return !is_control && c != ' ' && c != '+' && c != '-' && c != ':' && c != '@' &&
         c != '/' && c != '\'' && c != '"' && c != '`' && c != '\\';
}

constexpr const char* checked_id(const char* id) {
  unsigned length = 0;
  for (const char* c = id; *c != '\0'; ++c, ++length) {
    if (!is_allowed_in_id(*c)) a_revision_id_holds_a_character_that_is_not_allowed();
  }
  if (length == 0) a_revision_id_is_empty();
  if (length > kMaxRevisionIdLength) a_revision_id_is_longer_than_255_characters();
  return id;
}

}  // namespace detail

/// One identifier. A string literal converts to it.
class RevisionId {
 public:
  constexpr RevisionId(const char* id) : id_(detail::checked_id(id)) {}
  constexpr const char* c_str() const { return id_; }

 private:
  const char* id_;
};

/// Up to 32 identifiers or labels, in the order written: `{}`, `"a"` or `{"a", "b"}`.
class RevisionIds {
 public:
  constexpr RevisionIds() = default;
  template <typename... Ids>
  constexpr RevisionIds(const char* first, Ids... rest)
      : size_(1 + sizeof...(rest)),
        ids_{detail::checked_id(first), detail::checked_id(rest)...} {
    static_assert(sizeof...(rest) < kMaxRevisionIds, "a list holds up to 32 ids");
  }

  constexpr unsigned size() const { return size_; }
  constexpr const char* operator[](unsigned place) const { return ids_[place]; }

 private:
  unsigned size_ = 0;
  const char* ids_[kMaxRevisionIds] = {};
};

/// A revision, as its unit declares it; the members are those of an Alembic script.
struct Revision {
  RevisionId revision;
  RevisionIds down_revision = {};  ///< empty at a base, several at a merge point
  RevisionIds branch_labels = {};
  RevisionIds depends_on = {};  ///< ids or branch labels
};

}  // namespace revise
