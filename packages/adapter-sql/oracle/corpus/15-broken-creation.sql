CREATE TABLE t (id int, both int CONSTRAINT both CHECK (both > 1),);
CREATE INDEX t_i ON t (id);
ALTER TABLE t RENAME TO renamed;
ALTER TABLE renamed ADD COLUMN x int;
CREATE TABLE w (id int REFERENCES renamed (id));
CREATE TABLE ok (id int);
