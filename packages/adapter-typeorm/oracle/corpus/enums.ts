import { Column, Entity, PrimaryGeneratedColumn } from "typeorm";

enum Status {
	Open = "open",
	Closed = "closed",
}
enum Priority {
	Low = 1,
	High = 2,
}

@Entity()
export class Ticket {
	@PrimaryGeneratedColumn() id: number;
	@Column({ type: "enum", enum: Status, default: Status.Open }) status: Status;
	@Column({ type: "enum", enum: Priority, default: Priority.Low }) priority: Priority;
	@Column({ type: "enum", enum: ["a", "it's"], enumName: "letters", nullable: true }) letter: string;
	@Column({ type: "enum", enum: Status, enumName: "shared_status", array: true, default: [Status.Open] })
	history: Status[];
	@Column({ type: "simple-enum", enum: Status, nullable: true }) simple: Status;
}
@Entity()
export class Other {
	@PrimaryGeneratedColumn() id: number;
	@Column({ type: "enum", enum: Status, enumName: "shared_status", default: "closed" }) status: Status;
}
