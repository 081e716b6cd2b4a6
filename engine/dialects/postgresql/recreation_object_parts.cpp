// What hangs on the old table, for the new one.

#include "engine/dialects/postgresql/recreation_parts.hpp"

namespace revise::postgresql {

namespace {

constexpr RecreationPart kParts[] = {
    always(
        R"(
SELECT row_number() OVER (ORDER BY strpos('npuxc', k.contype::text), k.oid),
    format('ALTER TABLE %s ADD CONSTRAINT %I %s', name, k.conname,
    pg_get_constraintdef(k.oid))
FROM old JOIN pg_constraint k ON k.conrelid = old.oid
WHERE k.contype IN ('n', 'p', 'u', 'x', 'c'))"),
    always(R"(
SELECT oid, pg_get_indexdef(oid) FROM keys WHERE NOT is_constraint)"),
    always(R"(
SELECT k.oid, format('ALTER INDEX %s SET (%s)', k.name,
    (SELECT string_agg(format('%I=%L', option_name, option_value), ', ')
     FROM pg_options_to_table(k.reloptions)))
FROM keys k WHERE k.is_constraint AND k.reloptions IS NOT NULL)"),
    always(
        R"(
SELECT k.oid, format('ALTER INDEX %s SET TABLESPACE %I', k.name, s.spcname)
FROM keys k JOIN pg_tablespace s ON s.oid = k.reltablespace)"),
    always(
        R"(
SELECT k.oid, format('ALTER INDEX %s ALTER COLUMN %s SET STATISTICS %s', k.name,
    a.attnum, a.attstattarget)
FROM keys k JOIN pg_attribute a ON a.attrelid = k.oid
WHERE coalesce(a.attstattarget, -1) >= 0)"),
    // Behind the indexes, which need not be constraints for a key to refer to.
    always(
        R"(
SELECT k.oid, format('ALTER TABLE %s ADD CONSTRAINT %I %s', k.conrelid::regclass,
    k.conname, pg_get_constraintdef(k.oid))
FROM old JOIN pg_constraint k ON old.oid IN (k.conrelid, k.confrelid)
WHERE k.contype = 'f' AND k.conparentid = 0)"),
    always(R"(
SELECT 0, format('ALTER TABLE %s CLUSTER ON %I', old.name, k.relname)
FROM old, keys k WHERE k.indisclustered)"),
    always(R"(
SELECT 0, format('ALTER TABLE %s REPLICA IDENTITY %s', old.name,
    CASE old.relreplident WHEN 'n' THEN 'NOTHING' WHEN 'f' THEN 'FULL'
    ELSE (SELECT format('USING INDEX %I', k.relname) FROM keys k WHERE k.indisreplident)
    END)
FROM old WHERE relreplident <> 'd'
AND (relreplident <> 'i' OR EXISTS (SELECT FROM keys WHERE indisreplident)))"),
    always(
        R"(
SELECT p.oid, format('CREATE POLICY %I ON %s AS %s FOR %s TO %s%s%s', p.polname,
    name, CASE WHEN p.polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END,
    CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE'
        WHEN 'd' THEN 'DELETE' ELSE 'ALL' END,
    (SELECT string_agg(CASE role WHEN 0 THEN 'PUBLIC'
        ELSE quote_ident(pg_get_userbyid(role)) END, ', ')
     FROM unnest(p.polroles) role),
    ' USING (' || pg_get_expr(p.polqual, p.polrelid) || ')',
    ' WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')')
FROM old JOIN pg_policy p ON p.polrelid = old.oid)"),
    always(
        R"(
SELECT 0, format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', name) FROM old
WHERE relrowsecurity)"),
    always(
        R"(
SELECT 0, format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', name) FROM old
WHERE relforcerowsecurity)"),
    always(R"(
SELECT w.oid, rtrim(pg_get_ruledef(w.oid), ';')
FROM old JOIN pg_rewrite w ON w.ev_class = old.oid)"),
    always(
        R"(
SELECT w.oid, format('ALTER TABLE %s %s RULE %I', name, CASE w.ev_enabled
    WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' ELSE 'ENABLE ALWAYS' END,
    w.rulename)
FROM old JOIN pg_rewrite w ON w.ev_class = old.oid WHERE w.ev_enabled <> 'O')"),
    always(R"(
SELECT t.oid, pg_get_triggerdef(t.oid)
FROM old JOIN pg_trigger t ON t.tgrelid = old.oid WHERE NOT t.tgisinternal)"),
    always(
        R"(
SELECT t.oid, format('ALTER TABLE %s %s TRIGGER %I', name, CASE t.tgenabled
    WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' ELSE 'ENABLE ALWAYS' END,
    t.tgname)
FROM old JOIN pg_trigger t ON t.tgrelid = old.oid
WHERE NOT t.tgisinternal AND t.tgenabled <> 'O')"),
    always(R"(
SELECT s.oid, pg_get_statisticsobjdef(s.oid)
FROM old JOIN pg_statistic_ext s ON s.stxrelid = old.oid)"),
    always(
        R"(
SELECT s.oid, format('ALTER STATISTICS %I.%I OWNER TO %I', n.nspname, s.stxname,
    pg_get_userbyid(s.stxowner))
FROM old JOIN pg_statistic_ext s ON s.stxrelid = old.oid
JOIN pg_namespace n ON n.oid = s.stxnamespace
WHERE pg_get_userbyid(s.stxowner) <> current_user)"),
    since(130000,
          R"(
SELECT s.oid, format('ALTER STATISTICS %I.%I SET STATISTICS %s', n.nspname,
    s.stxname, s.stxstattarget)
FROM old JOIN pg_statistic_ext s ON s.stxrelid = old.oid
JOIN pg_namespace n ON n.oid = s.stxnamespace
WHERE coalesce(s.stxstattarget, -1) >= 0)"),
    before(150000,
           R"(
SELECT p.oid, format('ALTER PUBLICATION %I ADD TABLE %s', p.pubname, name)
FROM old JOIN pg_publication_rel r ON r.prrelid = old.oid
JOIN pg_publication p ON p.oid = r.prpubid)"),
    since(150000,
          R"(
SELECT p.oid, format('ALTER PUBLICATION %I ADD TABLE %s%s%s', p.pubname, name,
    (SELECT format(' (%s)', string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum))
     FROM pg_attribute a WHERE a.attrelid = old.oid AND a.attnum = ANY (r.prattrs)
     HAVING count(*) > 0),
    ' WHERE (' || pg_get_expr(r.prqual, r.prrelid) || ')')
FROM old JOIN pg_publication_rel r ON r.prrelid = old.oid
JOIN pg_publication p ON p.oid = r.prpubid)"),
};

}  // namespace

std::span<const RecreationPart> object_parts() { return kParts; }

}  // namespace revise::postgresql
