import { sql } from "drizzle-orm";
import {
  check,
  date,
  index,
  numeric,
  pgEnum,
  pgTable,
  smallint,
  text,
  timestamp,
  unique,
  uuid,
  varchar,
} from "drizzle-orm/pg-core";

export const boatKind = pgEnum("boat_kind", ["canoe", "kayak", "rowing_boat"]);
export const bookingStatus = pgEnum("booking_status", ["pending", "confirmed", "cancelled", "no_show"]);

export const customers = pgTable("customers", {
  id: uuid("id").primaryKey().defaultRandom(),
  email: varchar("email", { length: 255 }).notNull().unique(),
  fullName: varchar("full_name", { length: 120 }).notNull(),
  phone: varchar("phone", { length: 40 }),
  createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
});

export const boats = pgTable(
  "boats",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    name: varchar("name", { length: 60 }).notNull(),
    kind: boatKind("kind").notNull(),
    seats: smallint("seats").notNull(),
    dailyRate: numeric("daily_rate", { precision: 8, scale: 2 }).notNull(),
    retiredAt: timestamp("retired_at", { withTimezone: true }),
  },
  (t) => [check("boats_seats_check", sql`${t.seats} > 0`)],
);

export const bookings = pgTable(
  "bookings",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    reference: varchar("reference", { length: 32 }).notNull().unique(),
    customerId: uuid("customer_id")
      .notNull()
      .references(() => customers.id, { onDelete: "restrict" }),
    boatId: uuid("boat_id")
      .notNull()
      .references(() => boats.id, { onDelete: "restrict" }),
    startsOn: date("starts_on").notNull(),
    endsOn: date("ends_on").notNull(),
    status: bookingStatus("status").notNull().default("pending"),
    total: numeric("total", { precision: 10, scale: 2 }).notNull(),
    channel: varchar("channel", { length: 20 }).notNull(),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    check("bookings_dates_check", sql`${t.endsOn} >= ${t.startsOn}`),
    index("bookings_customer_id_idx").on(t.customerId),
    index("bookings_boat_id_starts_on_idx").on(t.boatId, t.startsOn),
  ],
);

export const reviews = pgTable(
  "reviews",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    bookingId: uuid("booking_id")
      .notNull()
      .references(() => bookings.id, { onDelete: "cascade" }),
    stars: smallint("stars").notNull(),
    comment: text("comment"),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    unique("reviews_booking_id_unique").on(t.bookingId),
    check("reviews_stars_check", sql`${t.stars} BETWEEN 1 AND 5`),
  ],
);

export const announcements = pgTable("announcements", {
  id: uuid("id").primaryKey().defaultRandom(),
  title: varchar("title", { length: 120 }).notNull(),
  body: text("body").notNull(),
  shownUntil: timestamp("shown_until", { withTimezone: true }),
});
