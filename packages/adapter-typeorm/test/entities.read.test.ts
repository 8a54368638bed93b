import type { Entity, Snapshot } from "@schemalign/core";
import { temporaryProject } from "@schemalign/testkit";
import { describe, expect, it } from "vitest";
import { typeormAdapter } from "../src/entities.js";

async function readAll(contents: Readonly<Record<string, string>>): Promise<Snapshot[]> {
	const project = await temporaryProject(contents);
	try {
		const { files } = project;
		const { sources } = await typeormAdapter.discover({ files, matched: files.paths() });
		const snapshots: Snapshot[] = [];
		for (const source of sources) snapshots.push(await typeormAdapter.read(source, { files }));
		return snapshots;
	} finally {
		await project.remove();
	}
}

async function read(text: string, more: Readonly<Record<string, string>> = {}): Promise<Snapshot> {
	const names =
		"BaseEntity, BeforeInsert, Check, ChildEntity, Column, CreateDateColumn, DataSource, Entity, EntitySchema, Generated, Index, JoinColumn, JoinTable, ManyToMany, ManyToOne, OneToMany, OneToOne, PrimaryColumn, PrimaryGeneratedColumn, TableInheritance, Unique, VersionColumn, ViewColumn, ViewEntity";
	const [snapshot] = await readAll({ "a.ts": `import { ${names} } from "typeorm"; ${text}`, ...more });
	if (!snapshot) throw new Error("there is no source");
	return snapshot;
}

function entity(snapshot: Snapshot, address: string): Entity {
	const found = snapshot.entities.find((one) => one.address === address);
	if (!found)
		throw new Error(`${address} is not among ${snapshot.entities.map((one) => one.address).join(", ")}`);
	return found;
}

const value = (snapshot: Snapshot, address: string, aspect: string): unknown => {
	const fact = entity(snapshot, address).facts[aspect];
	return fact && ("value" in fact ? fact.value : { unknown: fact.unknown });
};
const addresses = ({ entities }: Snapshot): string[] => entities.map((one) => one.address);

describe("lines and names", () => {
	it("are the property's and the class's", async () => {
		const snapshot = await read(`
@Entity("users")
@Index("by_mail", ["mail"])
export class User {
	@PrimaryGeneratedColumn()
	id: number;
	@Column({ name: "e_mail" })
	mail: string;
	@ManyToOne(() => User)
	@JoinColumn({ name: "boss_id", foreignKeyConstraintName: "boss_fk" })
	boss: User;
}`);
		expect(entity(snapshot, "table:public.users")).toMatchObject({
			alias: "User",
			at: { file: "a.ts", line: 4 },
		});
		expect(entity(snapshot, "column:public.users.e_mail")).toMatchObject({ alias: "mail", at: { line: 8 } });
		expect(entity(snapshot, 'index:public.users."(e_mail)"').at.line).toBe(3);
		expect(entity(snapshot, 'foreignKey:public.users."(boss_id)"').at.line).toBe(10);
		expect(entity(snapshot, 'foreignKey:public.users."(boss_id)"').facts.name).toMatchObject({
			value: "boss_fk",
		});
		expect(entity(snapshot, 'foreignKey:public.users."(boss_id)"').facts.onDelete).toMatchObject({
			value: "no action",
			implied: "TypeORM's default action",
		});
		expect(snapshot.gaps).toEqual([]);
	});

	it("may look like placeholders", async () => {
		const snapshot = await read(
			'@Entity("\u0024{a}") export class A { @PrimaryColumn({ name: "{{ id }}", default: "{{ range }}" }) id: string; } @Entity() export class B { @PrimaryColumn() id: string; }',
		);
		expect(snapshot.gaps).toEqual([]);
		expect(addresses(snapshot).filter((address) => address.startsWith("column:"))).toEqual([
			'column:public."\u0024{a}"."{{ id }}"',
			"column:public.b.id",
		]);
	});

	it("of what a base class in another file declares are in that file", async () => {
		const snapshot = await read(
			`import { Base } from "./base"; @Entity() export class Car extends Base { @Column() plate: string; }`,
			{
				"base.ts": `import { PrimaryGeneratedColumn } from "typeorm";\nexport abstract class Base {\n\t@PrimaryGeneratedColumn("uuid") id: string;\n}`,
			},
		);
		expect(entity(snapshot, "column:public.car.id").at).toEqual({ file: "base.ts", line: 3 });
	});
});

describe("types", () => {
	it.each([
		["string | null", "character varying"],
		["Role", "character varying"],
		["Role | undefined", "character varying"],
		["Level", "integer"],
		['"a" | "b" | null', "character varying"],
		["Date | null", "timestamp without time zone"],
		["Imported", "character varying"],
		["boolean", "boolean"],
	])("of a property declared %s are %s", async (type, expected) => {
		const snapshot = await read(
			`import { Imported } from "./types"; enum Role { A = "a" } enum Level { Low }
@Entity() export class Thing { @PrimaryGeneratedColumn() id: number; @Column() it: ${type}; }`,
			{ "types.ts": `export * from "./more";`, "more.ts": `export type Imported = "x" | "y";` },
		);
		expect(value(snapshot, "column:public.thing.it", "type")).toMatchObject({ name: expected });
		expect(entity(snapshot, "column:public.thing.it").facts.type).toMatchObject({
			implied: "TypeORM's type for the property",
		});
		expect(snapshot.gaps).toEqual([]);
	});

	it("of a property that nothing tells are unknown", async () => {
		const snapshot = await read(
			"@Entity() export class Thing { @PrimaryGeneratedColumn() id: number; @Column() it: { a: 1 }; }",
		);
		expect(value(snapshot, "column:public.thing.it", "type")).toHaveProperty("unknown");
	});
});

describe("what is not part of the project", () => {
	it("is inert as decorator, base class and type", async () => {
		const snapshot = await read(`
import { IsEmail } from "class-validator"; import { ObjectType, Field, ID } from "@nestjs/graphql"; import { Injectable } from "@nestjs/common";
@Injectable() export class Service { constructor(private readonly other: Service) {} }
@ObjectType()
@Entity() export class User extends BaseEntity {
	@Field(() => ID) @PrimaryGeneratedColumn("uuid") id: string;
	@IsEmail({}, { message: "no" }) @Field() @Column() mail: string;
	@BeforeInsert() hash() { throw new Error("not now"); }
}`);
		expect(snapshot.gaps).toEqual([]);
		expect(addresses(snapshot)).toContain("column:public.user.mail");
	});

	it("is a gap where columns may come from it", async () => {
		const snapshot =
			await read(`import { Base } from "@acme/base"; import { Money } from "@acme/money"; import { sizes, kinds } from "@acme/data"; import { Far } from "@acme/far";
@Entity() export class User extends Base {
	@PrimaryGeneratedColumn() id: number;
	@Column() money: Money;
	@Column({ length: sizes.big }) name: string;
	@Column({ type: "enum", enum: kinds }) kind: string;
	@Column({ default: sizes.small }) size: string;
	@ManyToOne(() => Far) far: Far;
}`);
		expect(value(snapshot, "column:public.user.money", "type")).toHaveProperty("unknown");
		expect(value(snapshot, "column:public.user.name", "type")).toHaveProperty("unknown");
		expect(value(snapshot, "column:public.user.size", "default")).toHaveProperty("unknown");
		expect(value(snapshot, "enum:public.user_kind_enum", "labels")).toHaveProperty("unknown");
		expect(snapshot.gaps.map(({ why }) => why).sort()).toEqual([
			"it extends @acme/base.Base, which is not part of the project",
			"its relation is to @acme/far.Far, which is not an entity that is read",
		]);
	});

	it("may be a wrapper of the project's around TypeORM", async () => {
		const [snapshot] = await readAll({
			"decorators.ts": `import { Entity as TypeOrmEntity, Column } from "typeorm";
export function MultiEntity(name: string): ClassDecorator { return (target) => { TypeOrmEntity(name)(target); }; }
export const MultiColumn = (options: object = {}): PropertyDecorator => (target, key) => Column(options)(target, key as string);`,
			"user.ts": `import { PrimaryGeneratedColumn } from "./columns"; import { MultiEntity, MultiColumn } from "./decorators";
@MultiEntity("people") export class Person { @PrimaryGeneratedColumn() id: number; @MultiColumn({ nullable: true }) name: string; }`,
			"columns.ts": `export { PrimaryGeneratedColumn } from "typeorm";`,
		});
		expect(snapshot?.gaps).toEqual([]);
		expect(snapshot && addresses(snapshot)).toContain("column:public.people.name");
	});

	it("leaves the classes of other libraries alone", async () => {
		const snapshots = await readAll({
			"mikro.ts": `import { Entity, PrimaryKey } from "@mikro-orm/core"; @Entity() export class User { @PrimaryKey() id!: number; }`,
			"plain.ts": `import { Entity } from "./ddd"; export class Order extends Entity {} @Entity() export class Other {}`,
			"ddd.ts": `export class Entity {}`,
		});
		expect(snapshots).toEqual([]);
	});
});

describe("what fails leaves the rest", () => {
	it("a module that throws", async () => {
		const [snapshot] = await readAll({
			"a.ts": `import { Entity, PrimaryGeneratedColumn } from "typeorm";\nconst x: any = undefined;\nx.boom();\n@Entity() export class A { @PrimaryGeneratedColumn() id: number; }`,
			"b.ts": `import { Entity, PrimaryGeneratedColumn, ManyToOne } from "typeorm";\nimport { A } from "./a";\n@Entity() export class B { @PrimaryGeneratedColumn() id: number; @ManyToOne(() => A) a: A; }`,
		});
		expect(snapshot && addresses(snapshot)).toContain("table:public.b");
		expect(snapshot?.gaps.map(({ at }) => at)).toEqual(
			expect.arrayContaining([
				{ file: "a.ts", line: 3 },
				{ file: "b.ts", line: 3 },
			]),
		);
	});

	it("a file that does not parse", async () => {
		const [snapshot] = await readAll({
			"a.ts": `import { Entity } from "typeorm";\n@Entity() export class A { @@ }`,
			"b.ts": `import { Entity, PrimaryGeneratedColumn } from "typeorm";\n@Entity() export class B { @PrimaryGeneratedColumn() id: number; }`,
		});
		expect(snapshot && addresses(snapshot)).toContain("table:public.b");
		expect(snapshot?.diagnostics).toMatchObject([{ code: "model-rejected", at: { file: "a.ts", line: 2 } }]);
	});

	it("an entity that TypeORM refuses", async () => {
		const snapshot = await read(`
@Entity() export class Keyless { @Column() name: string; }
@Entity() export class Fine { @PrimaryGeneratedColumn() id: number; @Column() name: string; @OneToMany(() => Fine, (f) => f.nothing) list: Fine[]; }`);
		expect(addresses(snapshot)).toContain("column:public.fine.name");
		expect(snapshot.gaps.map(({ why }) => why).join()).toMatch(/Keyless/);
	});

	it("text that is no SQL", async () => {
		const snapshot = await read(`
@Entity() @Check("odd", "this is ( no SQL") export class Odd { @PrimaryGeneratedColumn() id: number; }
@Entity() export class Fine { @PrimaryGeneratedColumn() id: number; @Column({ default: () => "so (" }) name: string; }
@Entity() export class Good { @PrimaryGeneratedColumn() id: number; }`);
		expect(addresses(snapshot)).toContain("column:public.good.id");
		expect(snapshot.gaps.length).toBeGreaterThan(0);
		for (const gap of snapshot.gaps) expect(gap.at?.file).toBe("a.ts");
	});
});

describe("what TypeORM leaves to the database", () => {
	it("is there, and not known", async () => {
		const snapshot = await read(`
@Entity({ name: "reports", synchronize: false }) export class Report { @PrimaryColumn() id: number; @Column({ name: "total_sum" }) total: number; }
@Entity() @Index("by_hand", { synchronize: false }) export class Kept { @PrimaryGeneratedColumn() id: number; }`);
		expect(value(snapshot, "column:public.reports.total_sum", "type")).toHaveProperty("unknown");
		expect(snapshot.gaps.map(({ under, kinds }) => [under, kinds])).toEqual([
			["table:public.reports", ["primaryKey", "unique", "foreignKey", "index", "check", "exclusion"]],
			["table:public.kept", ["index", "unique"]],
		]);
	});

	it("is what only the program fills in", async () => {
		const snapshot = await read(`
@Entity() export class User { @PrimaryGeneratedColumn("uuid") id: string; @Column() active: boolean = true; @VersionColumn() version: number; @Column() name: string; }`);
		expect(value(snapshot, "column:public.user.active", "clientDefault")).toBe("true");
		expect(value(snapshot, "column:public.user.active", "default")).toBeNull();
		expect(value(snapshot, "column:public.user.version", "clientDefault")).toBe("the version, from 1");
		expect(value(snapshot, "column:public.user.name", "clientDefault")).toBeNull();
	});
});

describe("the data source", () => {
	const entityFile = `import { Entity, Column, PrimaryGeneratedColumn } from "typeorm"; @Entity() export class UserAccount { @PrimaryGeneratedColumn("uuid") id: string; @Column() firstName: string; }`;

	it("gives schema, prefix, generator and naming strategy", async () => {
		const [snapshot] = await readAll({
			"src/user.ts": entityFile,
			"src/naming.ts": `import { DefaultNamingStrategy } from "typeorm"; export class Naming extends DefaultNamingStrategy { columnName(name: string, given: string) { return given || name.toUpperCase(); } }`,
			"src/app.module.ts": `import { Naming } from "./naming"; import { TypeOrmModule } from "@nestjs/typeorm";
@Module({ imports: [TypeOrmModule.forRootAsync({ useFactory: (config: any) => ({ type: "postgres", url: config.url, schema: "app", entityPrefix: "x_", uuidExtension: "pgcrypto", autoLoadEntities: true, namingStrategy: new Naming() }) })] }) export class AppModule {}`,
		});
		expect(snapshot && addresses(snapshot)).toContain("column:app.x_user_account.FIRSTNAME");
		expect(snapshot && value(snapshot, "column:app.x_user_account.ID", "default")).toMatchObject({
			sql: "gen_random_uuid()",
		});
	});

	it("for another database is told, and one that may be Postgres is read", async () => {
		const project = await temporaryProject({
			"a/package.json": `{ "name": "a" }`,
			"a/user.ts": entityFile,
			"a/source.ts": `import { DataSource } from "typeorm"; export const s = new DataSource({ type: "mysql", synchronize: true, entities: [] });`,
			"b/package.json": `{ "name": "b" }`,
			"b/user.ts": entityFile,
			"b/source.ts": `import { DataSource } from "typeorm"; export const s = new DataSource({ type: process.env.DB_TYPE as any, synchronize: true, entities: [] });`,
		});
		const { files } = project;
		const { sources, skipped } = await typeormAdapter.discover({ files, matched: files.paths() });
		await project.remove();
		expect(sources.map(({ id }) => id)).toEqual(["typeorm:b/user.ts"]);
		expect(skipped).toEqual([
			{ path: "a/user.ts", why: "its TypeORM entities are for MySQL; only Postgres is read" },
		]);
	});

	it("of another database has its entities in a folder of its name", async () => {
		const project = await temporaryProject({
			"db/sql/user.ts": entityFile,
			"db/planetscale/user.ts": entityFile,
			"db/sql/mssql/user.ts": entityFile,
		});
		const { files } = project;
		const { sources, skipped } = await typeormAdapter.discover({ files, matched: files.paths() });
		await project.remove();
		expect(sources.map(({ id }) => id)).toEqual(["typeorm:db/sql/user.ts"]);
		const why = (dialect: string) => `its folder says that it is for ${dialect}; only Postgres is read`;
		expect(skipped).toEqual([
			{ path: "db/planetscale/user.ts", why: why("MySQL") },
			{ path: "db/sql/mssql/user.ts", why: why("SQL Server") },
		]);
	});

	it("parts the entities of one package that belong to several", async () => {
		const source = (name: string) =>
			`import { DataSource } from "typeorm"; export const s = new DataSource({ type: "postgres", database: "${name}", migrationsRun: true, entities: ["dist/${name}/**/*.entity{.ts,.js}"] });`;
		const snapshots = await readAll({
			"src/one/user.entity.ts": entityFile,
			"src/two/user.entity.ts": entityFile,
			"src/one.ts": source("one"),
			"src/two.ts": source("two"),
		});
		expect(snapshots.map(({ path }) => path).sort()).toEqual([
			"src/one/user.entity.ts",
			"src/two/user.entity.ts",
		]);
	});
});

describe("a relation between types that Postgres does not compare", () => {
	it("is a foreign key that the entity declares", async () => {
		const snapshot = await read(
			'@Entity("a") export class A { @PrimaryColumn("uuid") id!: string } @Entity("b") export class B { @PrimaryColumn("int") id!: number; @Column("text") a_id!: string; @ManyToOne(() => A) @JoinColumn({ name: "a_id" }) a!: A }',
		);
		expect(addresses(snapshot)).toContain('foreignKey:public.b."(a_id)"');
		expect(snapshot.gaps).toEqual([]);
	});
});
