/// All that a unit needs, but for typed data, which is <revise/data.hpp>'s.
///
/// Kept thin on purpose: every unit compiles it, so nothing of the standard library
/// is instantiated by including it or by calling an operation.

#pragma once

#include <revise/batch.hpp>
#include <revise/operations.hpp>
#include <revise/postgresql.hpp>
#include <revise/schema.hpp>
#include <revise/types.hpp>
#include <revise/unit.hpp>
