-- Postgres 13: before, equal constraints of one statement are one
CREATE TABLE a_rather_long_table_name_that_goes_on (id serial PRIMARY KEY, another_really_long_column_name_here text UNIQUE CHECK (another_really_long_column_name_here <> ''));
CREATE TABLE ünïcödé_tàblé_nàmé_wîth_mâny_bytès (ïdéntïfïér_wîth_mâny_bytès_tôô int UNIQUE, "UPPER Case" int);
CREATE INDEX ON a_rather_long_table_name_that_goes_on (another_really_long_column_name_here, id);
CREATE INDEX ON a_rather_long_table_name_that_goes_on (another_really_long_column_name_here, id);
CREATE INDEX ON a_rather_long_table_name_that_goes_on (lower(another_really_long_column_name_here));
CREATE INDEX ON a_rather_long_table_name_that_goes_on ((id + 1), (id + 2));
CREATE TABLE a_table_name_that_is_longer_than_the_sixty_three_bytes_which_postgres_allows (x int);
CREATE TABLE s (id int REFERENCES a_rather_long_table_name_that_goes_on (id), x int, y int, UNIQUE (x, y));
ALTER TABLE s ADD UNIQUE (x), ADD UNIQUE (x), ADD FOREIGN KEY (id) REFERENCES a_rather_long_table_name_that_goes_on (id);
