CREATE TABLE src (id int, name text);
CREATE TABLE IF NOT EXISTS src (id int, other text);
BEGIN;
CREATE TABLE committed (id int);
COMMIT;
CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql IMMUTABLE BEGIN ATOMIC SELECT CASE WHEN a > 1 THEN 2 ELSE 3 END; SELECT 1; END;
CREATE TABLE after_atomic (id int CHECK (f(id) > 0));
CREATE RULE r AS ON INSERT TO src DO ALSO (INSERT INTO committed VALUES (1); DELETE FROM committed);
INSERT INTO src VALUES (1, 'a;b'), (2, E'it\'s; ok');
/* a /* nested */ comment; */
CREATE TABLE last (id int); -- trailing; comment
