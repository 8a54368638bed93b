import {
	CreateDateColumn,
	DeleteDateColumn,
	Entity,
	PrimaryGeneratedColumn,
	UpdateDateColumn,
	VersionColumn,
} from "typeorm";

@Entity()
export class Dated {
	@PrimaryGeneratedColumn("uuid") id: string;
	@CreateDateColumn() createdAt: Date;
	@UpdateDateColumn({ type: "timestamptz" }) updatedAt: Date;
	@DeleteDateColumn() deletedAt: Date;
	@CreateDateColumn({ type: "timestamp with time zone", precision: 3, name: "made_at" }) madeAt: Date;
	@UpdateDateColumn({
		type: "timestamp",
		default: () => "CURRENT_TIMESTAMP(6)",
		onUpdate: "CURRENT_TIMESTAMP(6)",
	})
	changed: Date;
	@DeleteDateColumn({ type: "timestamptz", nullable: true }) goneAt: Date;
	@VersionColumn() version: number;
}
