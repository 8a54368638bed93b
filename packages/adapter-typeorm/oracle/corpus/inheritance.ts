import {
	ChildEntity,
	Column,
	CreateDateColumn,
	Entity,
	Index,
	ManyToOne,
	PrimaryGeneratedColumn,
	TableInheritance,
} from "typeorm";

export abstract class Base {
	@PrimaryGeneratedColumn("uuid") id: string;
	@CreateDateColumn() @Index() createdAt: Date;
}
@Entity()
export class Owner extends Base {
	@Column() name: string;
}
export abstract class Owned extends Base {
	@ManyToOne(() => Owner, { onDelete: "CASCADE" }) owner: Owner;
}
@Entity()
export class Car extends Owned {
	@Column() plate: string;
}
@Entity()
export class Boat extends Owned {
	@Column() berth: string;
}
@Entity()
@TableInheritance({ column: { type: "varchar", name: "kind" } })
export class Content extends Base {
	@Column() title: string;
}
@ChildEntity()
export class Photo extends Content {
	@Column() size: string;
}
@ChildEntity("q")
export class Question extends Content {
	@Column() answers: number;
	@ManyToOne(() => Owner) asker: Owner;
}
@Entity()
@TableInheritance({ pattern: "STI", column: { type: "varchar" } })
export class Shape {
	@PrimaryGeneratedColumn() id: number;
}
@ChildEntity()
export class Circle extends Shape {
	@Column({ nullable: true }) radius: number;
}
