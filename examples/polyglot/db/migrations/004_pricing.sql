CREATE TABLE price_rules (
  id bigserial PRIMARY KEY,
  boat_id uuid NOT NULL REFERENCES boats (id) ON DELETE CASCADE,
  season varchar(20) NOT NULL,
  multiplier numeric(6, 3) NOT NULL DEFAULT 1,
  starts_on date NOT NULL,
  ends_on date NOT NULL,
  UNIQUE (boat_id, season)
);

CREATE TABLE discount_codes (
  code varchar(30) PRIMARY KEY,
  percent smallint NOT NULL,
  -- NULL: valid for ever
  valid_until timestamptz
);

CREATE TABLE quotes (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  boat_id uuid NOT NULL REFERENCES boats (id) ON DELETE CASCADE,
  amount numeric(10, 2) NOT NULL,
  expires_at timestamptz NOT NULL
);

CREATE INDEX quotes_expires_at_idx ON quotes (expires_at);
