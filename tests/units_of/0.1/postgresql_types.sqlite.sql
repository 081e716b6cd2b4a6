-- up
CREATE TABLE arguments (
    r GEOMETRY
);
-- down
DROP TABLE arguments;
