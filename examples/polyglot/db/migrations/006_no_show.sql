ALTER TYPE booking_status ADD VALUE 'no_show';
