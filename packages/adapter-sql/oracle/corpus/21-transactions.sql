CREATE TABLE keep (id int PRIMARY KEY, n int);
-- A transaction that fails leaves nothing, and what follows in it is not run.
BEGIN;
CREATE TABLE lost (id int);
ALTER TABLE keep ADD COLUMN lost text;
CREATE TABLE keep (id int);
CREATE TABLE never (id int);
COMMIT;
-- One that is rolled back neither.
BEGIN;
DROP TABLE keep;
CREATE TABLE gone (id int);
ROLLBACK;
ALTER TABLE keep ADD COLUMN m int;
-- Back to a savepoint, also after a failure.
BEGIN;
CREATE TABLE a (id int);
SAVEPOINT one;
CREATE TABLE b (id int);
CREATE TABLE a (id int);
ROLLBACK TO SAVEPOINT one;
CREATE TABLE c (id int);
SAVEPOINT two;
CREATE TABLE d (id int);
RELEASE SAVEPOINT two;
ROLLBACK TO one;
CREATE TABLE e (id int);
COMMIT;
-- SET LOCAL ends with the transaction.
CREATE SCHEMA s;
BEGIN;
SET LOCAL search_path TO s;
CREATE TABLE inside (id int);
COMMIT;
CREATE TABLE outside (id int);
BEGIN;
SET search_path TO s;
ROLLBACK;
CREATE TABLE outside_too (id int);
START TRANSACTION;
CREATE TABLE chained (id int);
COMMIT AND CHAIN;
CREATE TABLE undone (id int);
ROLLBACK;
BEGIN;
RELEASE SAVEPOINT nowhere;
CREATE TABLE nothing (id int);
END;
