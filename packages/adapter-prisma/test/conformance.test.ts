import { conformance } from "@schemalign/testkit";
import { describe, it } from "vitest";
import { prismaAdapter } from "../src/index.js";
import { POSTGRES } from "./project.js";

describe("the prisma adapter conforms", () => {
	const checks = conformance(prismaAdapter, [
		{
			name: "one file",
			files: {
				"prisma/schema.prisma": `${POSTGRES}
enum Role {
  ADMIN
  USER  @map("plain user")

  @@map("user-role")
}

model User {
  id        Int      @id @default(autoincrement())
  email     String   @unique @db.VarChar(320)
  name      String?  @map("full name")
  role      Role     @default(USER)
  balance   Decimal  @default(0) @db.Decimal(12, 2)
  tags      String[] @default([])
  meta      Json     @default("{}")
  createdAt DateTime @default(now()) @map("created_at") @db.Timestamptz(6)
  updatedAt DateTime @updatedAt @map("updated_at")
  posts     Post[]

  @@index([createdAt(sort: Desc), name])
  @@map("users")
}

model Post {
  id       String  @id @default(dbgenerated("gen_random_uuid()")) @db.Uuid
  slug     String
  authorId Int     @map("author_id")
  author   User    @relation(fields: [authorId], references: [id], onDelete: Cascade)
  place    Unsupported("point")?

  @@unique([authorId, slug], map: "one slug")
}
`,
			},
			tables: ["public.users", "public.Post"],
		},
		{
			name: "a folder that package.json names",
			files: {
				"package.json": '{\n  "name": "shop",\n  "prisma": { "schema": "db/schema" }\n}\n',
				"db/schema/main.prisma": `generator client {\n  provider = "prisma-client-js"\n}\n\n${POSTGRES}`,
				"db/schema/orders.prisma": `model Order {
  id    BigInt      @id @default(autoincrement())
  lines OrderLine[]
}

model OrderLine {
  orderId  BigInt
  position Int    @db.SmallInt
  order    Order  @relation(fields: [orderId], references: [id], onUpdate: NoAction)
  state    State  @default(OPEN)

  @@id([orderId, position])
}
`,
				"db/schema/states.prisma": "enum State {\n  OPEN\n  DONE\n}\n",
			},
			tables: ["public.Order", "public.OrderLine"],
		},
		{
			name: "several schemas",
			files: {
				"schema.prisma": `generator client {
  provider        = "prisma-client-js"
  previewFeatures = ["views", "postgresqlExtensions", "partialIndexes"]
}

datasource db {
  provider   = "postgresql"
  url        = env("SHOP_URL")
  schemas    = ["auth", "public"]
  extensions = [citext]
}

model Account {
  id    String @id @default(cuid())
  email String @db.Citext
  tree  Account? @relation("tree", fields: [up], references: [id], onDelete: SetNull)
  up    String?
  below Account[] @relation("tree")

  @@index([email], type: Hash)
  @@schema("auth")
}

view Summary {
  id Int @unique

  @@schema("public")
}
`,
			},
			tables: ["auth.Account"],
		},
		{
			name: "many to many, before Prisma 6",
			files: {
				"package.json": '{\n  "devDependencies": { "prisma": "5.22.0" }\n}\n',
				"prisma/schema.prisma": `${POSTGRES}
model Film {
  id     Int     @id
  actors Actor[]
}

model Actor {
  id    Int    @id
  films Film[]
}
`,
			},
			tables: ["public.Film", "public.Actor", "public._ActorToFilm"],
			impliedTables: ["public._ActorToFilm"],
		},
		{
			name: "two schemas, and one for another database",
			files: {
				"apps/a/prisma/schema.prisma": `${POSTGRES}model Note {\n  id Int @id\n  text String @default("it's \\"quoted\\"")\n}\n`,
				"apps/b/prisma/schema.prisma": `${POSTGRES}model Task {\n  id String @id @default(uuid())\n  due DateTime? @db.Date\n}\n`,
				"apps/c/prisma/schema.prisma":
					'datasource db {\n  provider = "mysql"\n}\n\nmodel Other {\n  id Int @id\n}\n',
			},
			tables: ["public.Note", "public.Task"],
		},
	]);
	for (const check of checks) it(check.name, check.run);
});
