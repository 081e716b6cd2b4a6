Revision a{.revision = u8"x"}; REVISE_UNIT(a, b
