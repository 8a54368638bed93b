-- A default survives a change of type as a cast from the old type, and goes with it.
CREATE TYPE currency AS ENUM ('USD', 'EUR');
CREATE TABLE account (
	id integer PRIMARY KEY,
	currency currency NOT NULL DEFAULT 'USD',
	other currency NOT NULL DEFAULT 'EUR'
);
ALTER TABLE account ALTER COLUMN currency TYPE text;
ALTER TABLE account ALTER COLUMN other TYPE text;
ALTER TABLE account ALTER COLUMN other SET DEFAULT 'EUR';
DROP TYPE currency CASCADE;

CREATE TYPE mood AS ENUM ('sad', 'glad');
CREATE TABLE person (id integer PRIMARY KEY, mood mood DEFAULT 'glad');
ALTER TABLE person ALTER COLUMN mood DROP DEFAULT;
ALTER TABLE person ALTER COLUMN mood TYPE text;
DROP TYPE mood;
