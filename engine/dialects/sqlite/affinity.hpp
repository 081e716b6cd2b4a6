/// Which values a change of a column's type has to convert.

#pragma once

#include <string_view>

namespace revise::sqlite {

/// Whether rows are copied from a column of type `before` into one of type `after`
/// through a CAST: where SQLAlchemy's classes of the types differ, as in Alembic
/// (DefaultImpl.cast_for_batch_migrate). Both are as SQL spells them; `before` may be
/// empty. Not into dates, times and JSON, which are text here: a CAST to DATE leaves
/// '2020-01-02' as 2020.
bool needs_cast(std::string_view before, std::string_view after);

/// Whether a CAST to the type makes numbers, and 0 of text that is none.
bool makes_numbers(std::string_view type);

}  // namespace revise::sqlite
