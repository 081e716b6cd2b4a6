/// Policies, row security and privileges as PostgreSQL's SQL.

#pragma once

#include <string>

#include "engine/dialects/dialect.hpp"

namespace revise::postgresql {

std::string policy_text(const dialects::Dialect& dialect,
                        const operations::CreatePolicyOp& op);
std::string row_security_text(const dialects::Dialect& dialect,
                              const operations::RowSecurityOp& op);

/// Throws UnitError on a kind of object that has no privileges.
std::string privileges_text(const dialects::Dialect& dialect,
                            const operations::PrivilegesOp& op);
std::string default_privileges_text(const dialects::Dialect& dialect,
                                    const operations::DefaultPrivilegesOp& op);

}  // namespace revise::postgresql
