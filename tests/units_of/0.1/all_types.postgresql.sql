-- up
CREATE TABLE generic (
    a BIGINT, 
    b BOOLEAN, 
    c DATE, 
    d TIMESTAMP WITH TIME ZONE, 
    e DOUBLE PRECISION, 
    f FLOAT, 
    g INTEGER, 
    h INTERVAL, 
    i BYTEA, 
    j NUMERIC(10, 2), 
    k BYTEA, 
    l SMALLINT, 
    m VARCHAR, 
    n VARCHAR(50), 
    o TEXT, 
    p TIME WITHOUT TIME ZONE, 
    q VARCHAR(9), 
    r TEXT, 
    s UUID, 
    t JSON, 
    u CHAR(32), 
    v VARCHAR(2), 
    w BOOLEAN, 
    CONSTRAINT v CHECK (v IN ('x', 'yy'))
);
CREATE TABLE sql (
    a BIGINT, 
    b BINARY(3), 
    c BLOB, 
    d BOOLEAN, 
    e CHAR(4), 
    f CLOB, 
    g DATE, 
    h DATETIME, 
    i DECIMAL(8, 3), 
    j DOUBLE, 
    k DOUBLE PRECISION, 
    l FLOAT(5), 
    m INTEGER, 
    n INTEGER, 
    o NCHAR(6), 
    p NUMERIC(7), 
    q NVARCHAR(8), 
    r REAL, 
    s SMALLINT, 
    t TEXT, 
    u TIME WITHOUT TIME ZONE, 
    v TIMESTAMP WITHOUT TIME ZONE, 
    w UUID, 
    x VARBINARY(9), 
    y VARCHAR(10) COLLATE "C"
);
CREATE TABLE postgresql (
    a INTEGER[], 
    b INTEGER GENERATED ALWAYS AS IDENTITY (START WITH 3)
);
-- down
DROP TABLE sql;
DROP TABLE generic;
