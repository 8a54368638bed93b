import { Column, Entity, PrimaryColumn } from "typeorm";

@Entity("with_defaults")
export class Defaults {
	@PrimaryColumn({ type: "uuid", default: () => "gen_random_uuid()" }) id: string;
	@Column({ default: "its" }) text: string;
	@Column({ default: "" }) empty: string;
	@Column({ default: 0 }) zero: number;
	@Column({ type: "int", default: -1 }) minus: number;
	@Column({ type: "decimal", precision: 10, scale: 2, default: 5.5 }) price: number;
	@Column({ type: "decimal", default: "0.10" }) rate: string;
	@Column({ default: true }) yes: boolean;
	@Column({ default: false }) no: boolean;
	@Column({ default: null, nullable: true }) none: string;
	@Column({ type: "timestamptz", default: () => "CURRENT_TIMESTAMP" }) at: Date;
	@Column({ type: "timestamp", default: () => "now()" }) now: Date;
	@Column({ type: "date", default: () => "CURRENT_DATE + interval '3 days'" }) day: Date;
	@Column({ type: "timestamp", precision: 3, default: () => "CURRENT_TIMESTAMP(3)" }) exact: Date;
	@Column({ type: "jsonb", default: [] }) items: object[];
	@Column({ type: "jsonb", default: () => "'{}'::jsonb" }) more: object;
	@Column({ type: "jsonb", default: "{}" }) text_json: object;
	@Column({ type: "varchar", array: true, default: [] }) names: string[];
	@Column({ type: "varchar", array: true, default: ["a", "b c"] }) two: string[];
	@Column({ type: "varchar", array: true, default: "{}" }) braces: string[];
	@Column({ type: "date", default: "2020-01-01" }) since: string;
	@Column({ type: "bigint", default: "9007199254740993" }) large: string;
}
