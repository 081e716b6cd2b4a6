-- up
CREATE TABLE plain (
    a SMALLSERIAL, 
    b SERIAL, 
    c BIGSERIAL, 
    d UUID, 
    e JSON, 
    f JSONB, 
    g INT4RANGE, 
    h INT8RANGE, 
    i NUMRANGE, 
    j DATERANGE, 
    k TSRANGE, 
    l TSTZRANGE, 
    m INT4MULTIRANGE, 
    n INT8MULTIRANGE, 
    o NUMMULTIRANGE, 
    p DATEMULTIRANGE, 
    q TSMULTIRANGE, 
    r TSTZMULTIRANGE, 
    s INET, 
    t CIDR, 
    u MACADDR, 
    v MACADDR8, 
    w BYTEA, 
    x TSVECTOR, 
    y TSQUERY, 
    z HSTORE, 
    aa CITEXT, 
    ab MONEY, 
    ac XML, 
    ad OID, 
    ae REGCLASS, 
    af REGCONFIG, 
    ag JSONPATH, 
    ah REAL, 
    ai DOUBLE PRECISION
);
CREATE TYPE s.mood AS ENUM ('sad', 'ok');
CREATE DOMAIN small AS INTEGER DEFAULT 1 CONSTRAINT ck_small CHECK (VALUE < 10);
CREATE DOMAIN s.code AS TEXT COLLATE "C" DEFAULT 'a''b' NOT NULL;
CREATE TABLE arguments (
    a INTEGER[][], 
    b VARCHAR(5)[] COLLATE "C", 
    c BIT(1), 
    d BIT(8), 
    e BIT VARYING(8), 
    f BIT VARYING, 
    g INTERVAL, 
    h INTERVAL (3), 
    i INTERVAL DAY TO SECOND (3), 
    j TIMESTAMP WITHOUT TIME ZONE, 
    k TIMESTAMP(2) WITH TIME ZONE, 
    l TIME(0) WITHOUT TIME ZONE, 
    m s.mood, 
    n s.mood[], 
    o y, 
    p small, 
    q s.code, 
    r geometry(Point,4326)
);
DO $revise$ DECLARE lacking text; BEGIN
    CREATE TYPE status AS ENUM ('on', 'off');
EXCEPTION WHEN duplicate_object OR unique_violation THEN
    SELECT string_agg(v, ', ') INTO lacking FROM unnest(ARRAY['on', 'off']::text[]) AS v WHERE v NOT IN (SELECT enumlabel FROM pg_catalog.pg_enum WHERE enumtypid = 'status'::regtype);
    IF lacking IS NOT NULL THEN
        RAISE duplicate_object USING MESSAGE = 'type status already exists, without the values: ' || lacking;
    END IF;
END $revise$;
ALTER TABLE plain ADD COLUMN aj status;
-- down
DROP TABLE arguments;
