CREATE TABLE "User" ("id" TEXT NOT NULL, "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP, "email" TEXT, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
CREATE TABLE "_PostToUser" ("A" TEXT NOT NULL, "B" TEXT NOT NULL, CONSTRAINT "_PostToUser_AB_pkey" PRIMARY KEY ("A","B"));
CREATE UNIQUE INDEX "User_email_key" ON "User"("email");
CREATE INDEX "_PostToUser_B_index" ON "_PostToUser"("B");
ALTER TABLE "_PostToUser" ADD CONSTRAINT "_PostToUser_B_fkey" FOREIGN KEY ("B") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;
CREATE TABLE checks (
  a text CHECK (a IN ('x', 'y')), b int CHECK (b BETWEEN 1 AND 5), c text CHECK (c ~ '^[a-z]+$' OR c IS NULL), d jsonb CHECK (d ? 'k'),
  e numeric CHECK (e >= 0), f varchar(10) CHECK (f = ANY (ARRAY['p', 'q'])), g int CHECK (NOT (g = 3)), h text CHECK (length(trim(h)) > 0),
  i date CHECK (i > '2000-01-01'), j text[] CHECK (cardinality(j) < 5), k boolean CHECK (k IS TRUE)
);
CREATE TABLE gen (first text, last text, full_name text GENERATED ALWAYS AS (first || ' ' || last) STORED, n int, doubled int GENERATED ALWAYS AS (n * 2) STORED,
  search tsvector GENERATED ALWAYS AS (to_tsvector('english', coalesce(first, ''))) STORED);
ALTER TABLE gen RENAME COLUMN first TO given;
ALTER TABLE gen ALTER COLUMN doubled DROP EXPRESSION;
CREATE INDEX ON gen USING gin (search);
CREATE INDEX ON gen ((coalesce(given, 'x')), (n::text), (given || 'y'));
CREATE INDEX ON gen (upper(given) DESC) WHERE n > 5 AND last IS NOT NULL;
