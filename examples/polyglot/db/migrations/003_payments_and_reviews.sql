CREATE TABLE payments (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  booking_id uuid NOT NULL REFERENCES bookings (id) ON DELETE RESTRICT,
  amount numeric(10, 2) NOT NULL,
  provider varchar(30) NOT NULL,
  provider_reference varchar(120) NOT NULL UNIQUE,
  paid_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX payments_booking_id_idx ON payments (booking_id);

CREATE TABLE reviews (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  booking_id uuid NOT NULL REFERENCES bookings (id) ON DELETE CASCADE,
  stars smallint NOT NULL CONSTRAINT reviews_stars_check CHECK (stars BETWEEN 1 AND 5),
  comment text,
  created_at timestamptz NOT NULL DEFAULT now()
);
