// From the old table to the new one with its rows, under the old one's name.

#include "engine/dialects/postgresql/recreation_parts.hpp"

namespace revise::postgresql {

// `old`: the table. `wanted`: its columns, `place` from 1. `identities`: sequences of
// identity columns. `keys`: indexes, told apart by whether a constraint brings them.
const char* const kRecreatedTable = R"(old AS (
  SELECT c.*, c.oid::regclass::text AS name, n.nspname, g.fresh_name,
      format('%I.%I', n.nspname, g.fresh_name) AS fresh,
      coalesce(nullif(g.method, ''), m.amname) AS method,
      coalesce(nullif(g.tablespace, ''), s.spcname) AS tablespace
  FROM given g JOIN pg_class c ON c.oid = g.oid
  JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_am m ON m.oid = c.relam
  JOIN pg_database d ON d.datname = current_database()
  JOIN pg_tablespace s ON s.oid = coalesce(nullif(c.reltablespace, 0), d.dattablespace)
), wanted AS (
  SELECT a.*, w.place, pg_get_expr(e.adbin, e.adrelid) AS expression
  FROM given g, unnest(g.columns) WITH ORDINALITY AS w(name, place)
  JOIN pg_attribute a ON a.attname = w.name
  LEFT JOIN pg_attrdef e ON e.adrelid = a.attrelid AND e.adnum = a.attnum
  WHERE a.attrelid = g.oid AND a.attnum > 0 AND NOT a.attisdropped
), identities AS (
  SELECT w.place, w.attname, w.attidentity, q.*, s.relname, s.relpersistence,
      s.relacl, s.relowner, s.oid::regclass::text AS name,
      format('_alembic_tmp_%s_%s', w.attnum, left(md5(s.relname), 8)) AS fresh_name
  FROM wanted w JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass
      AND d.refobjid = w.attrelid AND d.refobjsubid = w.attnum
      AND d.classid = 'pg_class'::regclass AND d.deptype = 'i'
  JOIN pg_sequence q ON q.seqrelid = d.objid
  JOIN pg_class s ON s.oid = q.seqrelid
  WHERE w.attidentity <> ''
), keys AS (
  SELECT i.*, x.oid, x.relname, x.reloptions, x.reltablespace,
      x.oid::regclass::text AS name,
      EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = x.oid
          AND k.conrelid = i.indrelid AND k.contype IN ('p', 'u', 'x')) AS is_constraint
  FROM old JOIN pg_index i ON i.indrelid = old.oid
  JOIN pg_class x ON x.oid = i.indexrelid
))";

namespace {

constexpr RecreationPart kParts[] = {
    always(R"(
SELECT 0, 'SET LOCAL default_tablespace = ''''' FROM old
WHERE current_setting('default_tablespace') <> '')"),
    // The NOT NULL that is a constraint of its own, as of 18, comes with the others.
    always(R"(
SELECT 0, format(E'CREATE %sTABLE %s (%s\n) USING %I%s TABLESPACE %I',
    CASE relpersistence WHEN 'u' THEN 'UNLOGGED ' ELSE '' END, fresh,
    (SELECT string_agg(format(E'\n    %I %s%s%s%s', w.attname,
        format_type(w.atttypid, w.atttypmod),
        (SELECT format(' COLLATE %I.%I', cn.nspname, l.collname) FROM pg_collation l
         JOIN pg_namespace cn ON cn.oid = l.collnamespace
         WHERE l.oid = w.attcollation AND l.oid <> t.typcollation),
        CASE WHEN w.attgenerated <> '' THEN format(' GENERATED ALWAYS AS (%s) %s',
            w.expression, CASE w.attgenerated WHEN 's' THEN 'STORED' ELSE 'VIRTUAL' END)
        ELSE ' DEFAULT ' || w.expression END,
        CASE WHEN w.attnotnull AND NOT EXISTS (SELECT FROM pg_constraint k
            WHERE k.conrelid = w.attrelid AND k.contype = 'n'
            AND k.conkey = ARRAY[w.attnum]) THEN ' NOT NULL' END), ',' ORDER BY w.place)
     FROM wanted w JOIN pg_type t ON t.oid = w.atttypid),
    method, (SELECT format(' WITH (%s)', string_agg(o.text, ', ')) FROM (
        SELECT format('%I=%L', option_name, option_value)
        FROM pg_options_to_table(old.reloptions)
        UNION ALL
        SELECT format('toast.%I=%L', option_name, option_value)
        FROM pg_class t, pg_options_to_table(t.reloptions)
        WHERE t.oid = old.reltoastrelid
      ) AS o(text) HAVING count(*) > 0),
    tablespace) FROM old)"),
    always(
        R"(
SELECT 0, format('ALTER TABLE %s OWNER TO %I', fresh, pg_get_userbyid(relowner))
FROM old WHERE pg_get_userbyid(relowner) <> current_user)"),
    always(
        R"(
SELECT w.place, format('ALTER TABLE %s ALTER COLUMN %I SET STORAGE %s', fresh,
    w.attname, CASE w.attstorage WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL'
        WHEN 'm' THEN 'MAIN' ELSE 'EXTENDED' END)
FROM old, wanted w JOIN pg_type t ON t.oid = w.atttypid
WHERE w.attstorage <> t.typstorage)"),
    since(140000,
          R"(
SELECT w.place, format('ALTER TABLE %s ALTER COLUMN %I SET COMPRESSION %s', fresh,
    w.attname, CASE w.attcompression WHEN 'p' THEN 'pglz' ELSE 'lz4' END)
FROM old, wanted w WHERE w.attcompression <> '')"),
    always(
        R"(
SELECT w.place, format('ALTER TABLE %s ALTER COLUMN %I SET STATISTICS %s', fresh,
    w.attname, w.attstattarget)
FROM old, wanted w WHERE coalesce(w.attstattarget, -1) >= 0)"),
    always(
        R"(
SELECT w.place, format('ALTER TABLE %s ALTER COLUMN %I SET (%s)', fresh, w.attname,
    (SELECT string_agg(format('%I=%L', option_name, option_value), ', ')
     FROM pg_options_to_table(w.attoptions)))
FROM old, wanted w WHERE w.attoptions IS NOT NULL)"),
    // Else the policies would hide rows from the copy, without a word.
    always(
        R"(
SELECT 0, format('ALTER TABLE %s NO FORCE ROW LEVEL SECURITY', name) FROM old
WHERE relforcerowsecurity)"),
    always(R"(
SELECT 0, format('INSERT INTO %s%s SELECT %s FROM ONLY %s', fresh,
    ' (' || names || ')', names, name)
FROM old, (SELECT string_agg(quote_ident(attname), ', ' ORDER BY place) AS names
    FROM wanted WHERE attgenerated = '') AS w)"),
    always(
        R"(
SELECT a.attnum, format('ALTER SEQUENCE %s OWNED BY %s.%I', s.oid::regclass, fresh,
    a.attname)
FROM old JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass
    AND d.refobjid = old.oid
JOIN pg_attribute a ON a.attrelid = old.oid AND a.attnum = d.refobjsubid
JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S'
WHERE d.classid = 'pg_class'::regclass AND d.deptype = 'a')"),
    // The second statement changes nothing, but keeps nextval() of others waiting.
    always(
        R"(
SELECT place * 3 + step, statement FROM old, identities i, LATERAL (VALUES
    (1, format('ALTER TABLE %s ALTER COLUMN %I ADD GENERATED %s AS IDENTITY (SEQUENCE '
        'NAME %I.%I INCREMENT BY %s MINVALUE %s MAXVALUE %s START WITH %s CACHE %s%s)',
        fresh, i.attname, CASE i.attidentity WHEN 'a' THEN 'ALWAYS'
            ELSE 'BY DEFAULT' END,
        nspname, i.fresh_name, seqincrement, seqmin, seqmax, seqstart, seqcache,
        CASE WHEN seqcycle THEN ' CYCLE' ELSE '' END)),
    (2, format('ALTER SEQUENCE %s INCREMENT BY %s', i.name, seqincrement)),
    (3, format('SELECT setval(%L, last_value, is_called) FROM %s',
        format('%I.%I', nspname, i.fresh_name), i.name))) AS s(step, statement))"),
    always(
        R"(
SELECT k.oid, format('ALTER TABLE %s DROP CONSTRAINT %I', k.conrelid::regclass,
    k.conname)
FROM old JOIN pg_constraint k ON k.confrelid = old.oid AND k.conrelid <> old.oid
WHERE k.contype = 'f' AND k.conparentid = 0)"),
    always(R"(
SELECT 0, format('DROP TABLE %s', name) FROM old)"),
    always(
        R"(
SELECT 0, format('ALTER TABLE %s RENAME TO %I', fresh, relname) FROM old)"),
    always(
        R"(
SELECT place, format('ALTER SEQUENCE %I.%I RENAME TO %I', nspname, i.fresh_name,
    i.relname) FROM old, identities i)"),
    since(150000, R"(
SELECT place, format('ALTER SEQUENCE %s SET %s', i.name,
    CASE i.relpersistence WHEN 'u' THEN 'UNLOGGED' ELSE 'LOGGED' END)
FROM old, identities i WHERE i.relpersistence <> old.relpersistence)"),
};

}  // namespace

std::span<const RecreationPart> table_parts() { return kParts; }

}  // namespace revise::postgresql
