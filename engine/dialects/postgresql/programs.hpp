/// Views, functions and triggers as PostgreSQL's SQL.

#pragma once

#include <string>

#include "engine/dialects/dialect.hpp"

namespace revise::postgresql {

std::string view_text(const dialects::Dialect& dialect,
                      const operations::CreateViewOp& op);
std::string materialized_view_text(const dialects::Dialect& dialect,
                                   const operations::CreateMaterializedViewOp& op);
std::string refresh_text(const dialects::Dialect& dialect,
                         const operations::RefreshMaterializedViewOp& op);
std::string routine_text(const dialects::Dialect& dialect,
                         const operations::CreateRoutineOp& op);
std::string trigger_text(const dialects::Dialect& dialect,
                         const operations::CreateTriggerOp& op);

}  // namespace revise::postgresql
