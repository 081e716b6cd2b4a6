// ä \x{5c}\x{ff}
//
// more \
yet

auto r = Revision{"a", {"b"}, {}, "c"};
REVISE_UNIT(r, u, d)
