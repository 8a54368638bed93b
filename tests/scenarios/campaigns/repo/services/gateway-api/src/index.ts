import { PrismaClient } from "@prisma/client";
import express from "express";

const prisma = new PrismaClient();
const app = express();

app.get("/campaigns", async (request, response) => {
  const userId = String(request.query.user);
  response.json(await prisma.campaign.findMany({ where: { userId }, include: { user: true } }));
});

app.get("/videos/:id", async (request, response) => {
  const rows = await prisma.$queryRaw`SELECT id, title, platform_ad_id FROM videos WHERE id = ${request.params.id}::uuid`;
  response.json(rows);
});

app.listen(8080);
