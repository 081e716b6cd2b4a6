// DROP TABLE without CASCADE refuses what depends on the table by itself; but it takes
// along, without a word, all that counts as the table's own. So its own things are
// followed through pg_depend, as DROP does, and each kind of them must be one that the
// recreation makes again: what is of another kind refuses, and is never lost.

#include "engine/dialects/postgresql/recreation_limits.hpp"

#include <string>
#include <vector>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"

namespace revise::postgresql {

namespace {

using Texts = std::vector<std::string>;

// A sequence that a column owns without being its identity stays, and so does what
// depends on it.
constexpr const char* kOwn = R"(WITH RECURSIVE old AS (
  SELECT * FROM pg_class WHERE oid = $OID
), own(class, oid) AS (
  SELECT 'pg_class'::regclass::oid, oid FROM old
  UNION
  SELECT d.classid, d.objid FROM own o
  JOIN pg_depend d ON d.refclassid = o.class AND d.refobjid = o.oid
  WHERE d.deptype IN ('a', 'i', 'P', 'S') AND NOT (d.deptype = 'a'
      AND d.classid = 'pg_class'::regclass
      AND EXISTS (SELECT FROM pg_class s WHERE s.oid = d.objid AND s.relkind = 'S'))
))";

constexpr const char* kNature = R"(
SELECT CASE relkind WHEN 'p' THEN 'is partitioned' WHEN 'v' THEN 'is a view'
    WHEN 'm' THEN 'is a materialized view' WHEN 'f' THEN 'is a foreign table'
    ELSE 'is no table' END FROM old WHERE relkind <> 'r'
UNION ALL SELECT 'is a temporary table' FROM old WHERE relpersistence = 't'
UNION ALL SELECT 'is of the type ' || reloftype::regtype FROM old WHERE reloftype <> 0
UNION ALL SELECT CASE WHEN relispartition THEN 'is a partition of '
    ELSE 'inherits from ' END || inhparent::regclass
FROM old JOIN pg_inherits ON inhrelid = old.oid
UNION ALL SELECT 'is inherited by ' || inhrelid::regclass
FROM old JOIN pg_inherits ON inhparent = old.oid WHERE relkind = 'r'
UNION ALL SELECT DISTINCT CASE WHEN o.oid = $OID THEN 'belongs to '
    ELSE 'has a part that belongs to ' END
    || pg_describe_object(d.refclassid, d.refobjid, 0)
FROM own o JOIN pg_depend d ON d.classid = o.class AND d.objid = o.oid
WHERE d.deptype IN ('e', 'x')
UNION ALL SELECT DISTINCT 'has a security label' FROM own o
JOIN pg_seclabel l ON l.classoid = o.class AND l.objoid = o.oid
UNION ALL SELECT 'has privileges on its row type' FROM old
JOIN pg_type t ON t.oid = old.reltype WHERE t.typacl IS NOT NULL
UNION ALL SELECT DISTINCT 'has the triggers of its foreign keys disabled' FROM old
JOIN pg_constraint k ON old.oid IN (k.conrelid, k.confrelid)
JOIN pg_trigger t ON t.tgconstraint = k.oid
WHERE k.contype = 'f' AND t.tgisinternal AND t.tgenabled <> 'O'
UNION ALL SELECT DISTINCT 'is replicated by a subscription' FROM old
JOIN pg_subscription_rel ON srrelid = old.oid)";

// A view is known by its rule, a constraint trigger by the trigger; keys of other
// tables are made again.
constexpr const char* kDependents = R"(
SELECT DISTINCT coalesce((SELECT pg_describe_object('pg_class'::regclass, w.ev_class, 0)
    FROM pg_rewrite w WHERE d.classid = 'pg_rewrite'::regclass AND w.oid = d.objid
    AND w.rulename = '_RETURN'), pg_describe_object(d.classid, d.objid, CASE
    WHEN d.classid = 'pg_class'::regclass AND EXISTS (SELECT FROM pg_class c
        WHERE c.oid = d.objid AND c.relkind IN ('v', 'm')) THEN 0 ELSE d.objsubid END))
    AS what
FROM own o JOIN pg_depend d ON d.refclassid = o.class AND d.refobjid = o.oid
WHERE d.deptype = 'n' AND (d.classid, d.objid) NOT IN (SELECT class, oid FROM own)
AND NOT EXISTS (SELECT FROM pg_constraint k WHERE d.classid = 'pg_constraint'::regclass
    AND k.oid = d.objid AND k.contype = 'f' AND k.confrelid = $OID)
UNION
SELECT pg_describe_object(o.class, o.oid, 0) FROM own o WHERE NOT CASE o.class
WHEN 'pg_class'::regclass THEN o.oid = $OID OR EXISTS (SELECT FROM pg_class c
    WHERE c.oid = o.oid AND c.relkind IN ('i', 't', 'S'))
WHEN 'pg_type'::regclass THEN true
WHEN 'pg_attrdef'::regclass THEN true
WHEN 'pg_publication_rel'::regclass THEN true
WHEN 'pg_constraint'::regclass THEN EXISTS (SELECT FROM pg_constraint k
    WHERE k.oid = o.oid AND (k.conrelid = $OID OR k.contype = 't'))
WHEN 'pg_trigger'::regclass THEN EXISTS (SELECT FROM pg_trigger t
    WHERE t.oid = o.oid AND (t.tgisinternal OR t.tgrelid = $OID))
WHEN 'pg_rewrite'::regclass THEN EXISTS (SELECT FROM pg_rewrite w
    WHERE w.oid = o.oid AND w.ev_class = $OID)
WHEN 'pg_policy'::regclass THEN EXISTS (SELECT FROM pg_policy p
    WHERE p.oid = o.oid AND p.polrelid = $OID)
WHEN 'pg_statistic_ext'::regclass THEN EXISTS (SELECT FROM pg_statistic_ext s
    WHERE s.oid = o.oid AND s.stxrelid = $OID)
ELSE false END
ORDER BY what)";

Texts read(const char* query, std::int64_t oid, const dialects::Live& live) {
  Texts texts;
  const auto sql = replace_all(std::string(kOwn) + query, "$OID", std::to_string(oid));
  for (const auto& row : live.read(sql).rows) {
    texts.push_back(std::get<std::string>(row.at(0)));
  }
  return texts;
}

}  // namespace

void check_recreation(const operations::BatchAlterTableOp& batch, std::int64_t oid,
                      const dialects::Live& live) {
  const std::string refusal = "table " + quoted(batch.table) + " cannot be recreated: ";
  const std::string otherwise =
      "leave 'recreate' to \"auto\", which alters the table in place";
  if (const auto nature = read(kNature, oid, live); !nature.empty()) {
    throw UnsupportedError(refusal + "it " + join(nature, ", and it ") + "; " +
                           otherwise);
  }
  if (const auto dependents = read(kDependents, oid, live); !dependents.empty()) {
    throw UnsupportedError(refusal + join(dependents, ", ") +
                           (dependents.size() == 1 ? " depends" : " depend") +
                           " on it; drop that before the batch and create it again "
                           "after it, or " +
                           otherwise);
  }
}

}  // namespace revise::postgresql
