CREATE TABLE customers (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  email varchar(255) NOT NULL UNIQUE,
  full_name varchar(120) NOT NULL,
  phone varchar(40),
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TYPE boat_kind AS ENUM ('canoe', 'kayak', 'rowing_boat');

CREATE TABLE boats (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name varchar(60) NOT NULL,
  kind boat_kind NOT NULL,
  seats smallint NOT NULL CONSTRAINT boats_seats_check CHECK (seats > 0),
  daily_rate numeric(8, 2) NOT NULL,
  retired_at timestamptz
);
