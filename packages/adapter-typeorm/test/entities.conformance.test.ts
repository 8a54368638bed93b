import { conformance } from "@schemalign/testkit";
import { describe, it } from "vitest";
import { typeormAdapter } from "../src/entities.js";

describe("the typeorm adapter conforms", () => {
	const checks = conformance(typeormAdapter, [
		{
			name: "two entities",
			files: {
				"package.json": '{ "name": "app", "dependencies": { "typeorm": "0.3.20", "pg": "8.11.0" } }',
				"src/user.entity.ts": `import { Check, Column, CreateDateColumn, Entity, Index, OneToMany, PrimaryGeneratedColumn, Unique } from "typeorm";
import { Post } from "./post.entity";

export enum Role {
	Admin = "admin",
	Plain = "plain user",
}

@Entity("app_users")
@Index("users_by_name", ["firstName", "role"])
@Unique(["email", "role"])
@Check("balance_positive", '"balance" >= 0')
export class User {
	@PrimaryGeneratedColumn("uuid")
	id: string;

	@Column({ length: 320, unique: true })
	email: string;

	@Column({ name: "first_name", nullable: true, comment: "as people call them" })
	firstName: string;

	@Column({ type: "enum", enum: Role, default: Role.Plain })
	role: Role;

	@Column({ type: "numeric", precision: 12, scale: 2, default: 0 })
	balance: string;

	@Column("text", { array: true, default: [] })
	tags: string[];

	@CreateDateColumn({ type: "timestamptz" })
	createdAt: Date;

	@OneToMany(() => Post, (post) => post.author)
	posts: Post[];
}
`,
				"src/post.entity.ts": `import { Column, Entity, Exclusion, Index, JoinColumn, JoinTable, ManyToMany, ManyToOne, PrimaryGeneratedColumn, ViewColumn, ViewEntity } from "typeorm";
import { User } from "./user.entity";

@Entity()
@Exclusion("no_overlap", 'USING gist ("during" WITH &&)')
export class Post {
	@PrimaryGeneratedColumn()
	id: number;

	@Column()
	title: string;

	@Column({ type: "int", generatedType: "STORED", asExpression: 'length("title")' })
	size: number;

	@Column({ type: "tsrange", nullable: true })
	@Index({ where: '"during" IS NOT NULL' })
	during: string;

	@ManyToOne(() => User, (user) => user.posts, { onDelete: "CASCADE", deferrable: "INITIALLY DEFERRED" })
	@JoinColumn({ name: "author_id" })
	author: User;

	@ManyToMany(() => User)
	@JoinTable({ name: "post_readers" })
	readers: User[];
}

@ViewEntity({ name: "post_titles", expression: 'SELECT "title" FROM "post"' })
export class PostTitle {
	@ViewColumn()
	title: string;
}
`,
			},
			tables: ["public.app_users", "public.post", "public.post_readers"],
			impliedTables: ["public.post_readers"],
		},
		{
			name: "inheritance, a base class and a naming strategy",
			files: {
				"src/base.ts": `import { PrimaryGeneratedColumn, UpdateDateColumn } from "typeorm";

export abstract class Base {
	@PrimaryGeneratedColumn()
	id: number;

	@UpdateDateColumn()
	updatedAt: Date;
}
`,
				"src/content.ts": `import { ChildEntity, Column, Entity, TableInheritance } from "typeorm";
import { Base } from "./base";

@Entity()
@TableInheritance({ column: { type: "varchar", name: "kind" } })
export class MediaContent extends Base {
	@Column()
	fullTitle: string;
}

@ChildEntity()
export class Photo extends MediaContent {
	@Column({ nullable: true })
	widthOf: number;
}
`,
				"src/data-source.ts": `import { DataSource } from "typeorm";
import { SnakeNamingStrategy } from "typeorm-naming-strategies";

export const source = new DataSource({
	type: "postgres",
	url: process.env.DATABASE_URL,
	namingStrategy: new SnakeNamingStrategy(),
	entities: [__dirname + "/**/*.{ts,js}"],
});
`,
			},
			tables: ["public.media_content"],
		},
		{
			name: "an entity without a class",
			files: {
				"writer.ts": `import { EntitySchema } from "typeorm";

export const WriterEntity = new EntitySchema({
	name: "writer",
	columns: {
		id: { type: Number, primary: true, generated: true },
		name: { type: "varchar", length: 80 },
	},
});
`,
			},
			tables: ["public.writer"],
		},
	]);
	for (const check of checks) it(check.name, check.run);
});
