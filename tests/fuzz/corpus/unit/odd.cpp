/* no docstring */ %:include <revise/op.hpp>
#if 0 /* taken
out */
constexpr Revision decoy{.revision = "decoy"}; don't
#elif 1
static constexpr revise::Revision r = revise::Revision <%
    .revision{"a" R"(b)" "\x63"}, // x
    .down_revision = {"d\u00e9", "e\
f",},
    .depends_on = "l", %>;
#else
#error it's
#endif
int x = 1'000; char c = '"'; auto s = R"__(REVISE_UNIT(a, b, c) )" )__";
void up(Operations& op) { op.autocommit_block([&] {}); }
REVISE_UNIT(r, up, down)
