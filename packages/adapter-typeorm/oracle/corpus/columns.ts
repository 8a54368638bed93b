import { Column, Entity, Generated, PrimaryGeneratedColumn } from "typeorm";

type Label = "small" | "large";
enum Level {
	Low,
	High,
}

@Entity()
export class Thing {
	@PrimaryGeneratedColumn() id: number;
	@Column() name: string;
	@Column() label: Label;
	@Column({ nullable: true }) maybe: Label | null;
	@Column() level: Level;
	@Column() done: boolean;
	@Column() at: Date;
	@Column({ length: 40 }) short: string;
	@Column("char", { length: 3 }) code: string;
	@Column("text", { array: true }) tags: string[];
	@Column("int", { array: true, default: {} }) counts: number[];
	@Column("text", { array: true, default: () => "ARRAY[]::text[]" }) more: string[];
	@Column({ type: "decimal", precision: 12, scale: 2 }) price: string;
	@Column({ type: "numeric", precision: 5 }) whole: string;
	@Column("float") ratio: number;
	@Column("real") small: number;
	@Column("bigint") big: string;
	@Column("smallint") tiny: number;
	@Column("money", { nullable: true }) money: string;
	@Column("bytea", { nullable: true }) bytes: Uint8Array;
	@Column("varbit", { length: 8, nullable: true }) bits: string;
	@Column("jsonb", { default: {} }) settings: object;
	@Column("json", { nullable: true, default: { a: [1, "its"] } }) raw: object;
	@Column("simple-array", { nullable: true }) list: string[];
	@Column("simple-json", { nullable: true }) plain: object;
	@Column("inet", { nullable: true }) ip: string;
	@Column("tsvector", { nullable: true }) search: string;
	@Column("int4range", { nullable: true }) span: string;
	@Column("tstzrange", { nullable: true }) period: string;
	@Column("interval", { nullable: true, precision: 3 }) duration: string;
	@Column("point", { nullable: true }) point: string;
	@Column({ type: "varchar", collation: "C", comment: "It's the \\ slug" }) slug: string;
	@Column({ type: "uuid" }) @Generated("uuid") token: string;
	@Column() @Generated("increment") counter: number;
	@Column({ type: "bigint" }) @Generated("increment") bigCounter: string;
	@Column({ select: false, insert: false, update: false }) hidden: string = "x";
}
