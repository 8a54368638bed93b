import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from "typeorm";

@Entity()
export class Serial {
	@PrimaryGeneratedColumn() id: number;
}
@Entity()
export class Big {
	@PrimaryGeneratedColumn("increment", { type: "bigint" }) id: string;
}
@Entity()
export class Identity {
	@PrimaryGeneratedColumn("identity") id: number;
}
@Entity()
export class Always {
	@PrimaryGeneratedColumn("identity", { type: "bigint", generatedIdentity: "ALWAYS" }) id: string;
}
@Entity()
export class Uuid {
	@PrimaryGeneratedColumn("uuid") id: string;
}
@Entity()
export class Composite {
	@PrimaryColumn() first: string;
	@PrimaryColumn("int") second: number;
	@Column({ nullable: true }) rest: string;
}
@Entity("named_key")
export class Named {
	@PrimaryColumn({ primaryKeyConstraintName: "named_key_pk" }) code: string;
	@Column({ primary: true, type: "int", primaryKeyConstraintName: "named_key_pk" }) part: number;
}
