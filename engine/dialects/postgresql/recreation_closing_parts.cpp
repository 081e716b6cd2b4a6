// Comments and privileges, and what else comes last.

#include "engine/dialects/postgresql/recreation_parts.hpp"

namespace revise::postgresql {

namespace {

constexpr RecreationPart kParts[] = {
    always(R"(
SELECT row_number() OVER (ORDER BY o.kind, d.objoid, d.objsubid),
    format('COMMENT ON %s IS %L', o.object, d.description)
FROM (
    SELECT 1, 'pg_class'::regclass, oid, 0, 'TABLE ' || name FROM old
    UNION ALL SELECT 2, 'pg_class'::regclass, attrelid, attnum,
        format('COLUMN %s.%I', old.name, attname) FROM old, wanted
    UNION ALL SELECT 3, 'pg_type'::regclass, reltype, 0, 'TYPE ' || name FROM old
    UNION ALL SELECT 4, 'pg_class'::regclass, oid, 0, 'INDEX ' || name FROM keys
    UNION ALL SELECT 5, 'pg_constraint'::regclass, k.oid, 0,
        format('CONSTRAINT %I ON %s', k.conname, k.conrelid::regclass)
        FROM old JOIN pg_constraint k ON old.oid IN (k.conrelid, k.confrelid)
    UNION ALL SELECT 6, 'pg_trigger'::regclass, t.oid, 0,
        format('TRIGGER %I ON %s', t.tgname, old.name)
        FROM old JOIN pg_trigger t ON t.tgrelid = old.oid
    UNION ALL SELECT 7, 'pg_rewrite'::regclass, w.oid, 0,
        format('RULE %I ON %s', w.rulename, old.name)
        FROM old JOIN pg_rewrite w ON w.ev_class = old.oid
    UNION ALL SELECT 8, 'pg_policy'::regclass, p.oid, 0,
        format('POLICY %I ON %s', p.polname, old.name)
        FROM old JOIN pg_policy p ON p.polrelid = old.oid
    UNION ALL SELECT 9, 'pg_statistic_ext'::regclass, s.oid, 0,
        format('STATISTICS %I.%I', n.nspname, s.stxname)
        FROM old JOIN pg_statistic_ext s ON s.stxrelid = old.oid
        JOIN pg_namespace n ON n.oid = s.stxnamespace
    UNION ALL SELECT 10, 'pg_class'::regclass, seqrelid, 0, 'SEQUENCE ' || name
        FROM identities
) AS o(kind, class, oid, part, object)
JOIN pg_description d ON d.classoid = o.class AND d.objoid = o.oid
    AND d.objsubid = o.part)"),
    // Of what default privileges gave to the new ones nothing must stay.
    always(R"(
SELECT 0, format('REVOKE ALL ON %s %s FROM %s', o.kind, o.name,
    (SELECT string_agg(DISTINCT CASE role WHEN 0 THEN 'PUBLIC'
        ELSE quote_ident(pg_get_userbyid(role)) END, ', ') FROM (
        SELECT 0::oid UNION SELECT o.owner UNION SELECT a.grantee
        FROM pg_default_acl f, aclexplode(f.defaclacl) a WHERE f.defaclobjtype = o.type
        AND f.defaclrole = current_user::regrole) AS g(role)))
FROM (SELECT 'TABLE', name, relacl, relowner, 'r'::"char" FROM old
    UNION ALL SELECT 'SEQUENCE', name, relacl, relowner, 'S' FROM identities
) AS o(kind, name, acl, owner, type)
WHERE o.acl IS NOT NULL OR EXISTS (SELECT FROM pg_default_acl
    WHERE defaclobjtype = o.type AND defaclrole = current_user::regrole))"),
    // In the order of the list, where who passes a privilege on comes before those
    // who have it from there.
    always(R"(
SELECT row_number() OVER (ORDER BY o.rank, min(g.at)), format(
    CASE WHEN g.grantor = o.owner THEN '%2$s' ELSE 'SET LOCAL ROLE %1$I; %2$s; '
        'SELECT set_config(''role'', %3$L, true)' END, pg_get_userbyid(g.grantor),
    format('GRANT %s ON %s %s TO %s%s',
        string_agg(g.privilege_type || o.columns, ', ' ORDER BY g.at), o.kind, o.name,
        CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(g.grantee))
        END, CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END),
    current_setting('role'))
FROM (
    SELECT 0, 'TABLE', name, '', coalesce(relacl, acldefault('r', relowner)), relowner
    FROM old WHERE relacl IS NOT NULL OR EXISTS (SELECT FROM pg_default_acl
        WHERE defaclobjtype = 'r' AND defaclrole = current_user::regrole)
    UNION ALL
    SELECT w.attnum, 'TABLE', old.name, format(' (%I)', w.attname), w.attacl, relowner
    FROM old, wanted w WHERE w.attacl IS NOT NULL
    UNION ALL
    SELECT 2000 + place, 'SEQUENCE', name, '', coalesce(relacl,
        acldefault('s', relowner)), relowner
    FROM identities WHERE relacl IS NOT NULL OR EXISTS (SELECT FROM pg_default_acl
        WHERE defaclobjtype = 'S' AND defaclrole = current_user::regrole)
) AS o(rank, kind, name, columns, acl, owner),
aclexplode(o.acl) WITH ORDINALITY AS g(grantor, grantee, privilege_type,
    is_grantable, at)
GROUP BY o.rank, o.kind, o.name, o.columns, o.owner, g.grantor, g.grantee,
    g.is_grantable)"),
    always(R"(
SELECT 0, format('SET LOCAL default_tablespace = %L',
    current_setting('default_tablespace'))
FROM old WHERE current_setting('default_tablespace') <> '')"),
    // What the planner knew went with the old table.
    always(R"(
SELECT 0, format('ANALYZE %s', name) FROM old WHERE reltuples > 0)"),
};

}  // namespace

std::span<const RecreationPart> closing_parts() { return kParts; }

}  // namespace revise::postgresql
