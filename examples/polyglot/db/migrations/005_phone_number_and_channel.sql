ALTER TABLE customers RENAME COLUMN phone TO phone_number;

-- Where the booking came from: web, desk or partner
ALTER TABLE bookings ADD COLUMN channel varchar(20);
UPDATE bookings SET channel = 'web' WHERE channel IS NULL;
ALTER TABLE bookings ALTER COLUMN channel SET NOT NULL;
