#ifdef A
#define revision x
#endif
#undef B
namespace n {
extern "C" { void u(O& op) noexcept(true) { if (a) { autocommit_block(); } } }
constexpr Revision v = {.revision = R"x(a)x"};
}
REVISE_UNIT(n::v, n::u, ::d)
