import { PrismaClient } from "@prisma/client";

const prisma = new PrismaClient();

export async function book(customerId: string, boatId: string, startsOn: Date, endsOn: Date, total: number) {
  return prisma.booking.create({ data: { customerId, boatId, startsOn, endsOn, total } });
}

export async function bookingsOf(customerId: string) {
  return prisma.booking.findMany({ where: { customerId }, include: { boat: true, payments: true } });
}
