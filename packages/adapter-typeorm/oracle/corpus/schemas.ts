import {
	Column,
	DataSource,
	Entity,
	Index,
	JoinTable,
	ManyToMany,
	ManyToOne,
	PrimaryGeneratedColumn,
} from "typeorm";

enum Kind {
	A = "a",
}
@Entity()
export class Customer {
	@PrimaryGeneratedColumn() id: number;
	@Column({ type: "enum", enum: Kind }) kind: Kind;
	@ManyToMany(() => Entry) @JoinTable() entries: Entry[];
}
@Entity({ schema: "audit", name: "entries", comment: "What happened" })
export class Entry {
	@PrimaryGeneratedColumn() id: number;
	@Column({ type: "enum", enum: Kind, default: Kind.A }) kind: Kind;
	@ManyToOne(() => Customer) @Index() customer: Customer;
}
@Entity("public.plain")
export class Plain {
	@PrimaryGeneratedColumn() id: number;
}
export const source = new DataSource({ type: "postgres", schema: "app", entities: [Customer, Entry, Plain] });
