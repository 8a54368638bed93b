import { Column, Entity, PrimaryGeneratedColumn } from "typeorm";

@Entity()
export class Extended {
	@PrimaryGeneratedColumn("uuid") id: string;
	@Column("citext") mail: string;
	@Column("hstore", { nullable: true, hstoreType: "object" }) bag: object;
	@Column("cube", { nullable: true }) vector: number[];
	@Column("ltree", { nullable: true }) path: string;
}
