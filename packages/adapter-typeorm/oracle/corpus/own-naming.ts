import {
	Column,
	DataSource,
	DefaultNamingStrategy,
	Entity,
	ManyToOne,
	PrimaryGeneratedColumn,
} from "typeorm";

export class Naming extends DefaultNamingStrategy {
	tableName(type: string, given: string): string {
		return given || `t_${type.toLowerCase()}`;
	}
	foreignKeyName(table: string | { name: string }, columns: string[]): string {
		return `fk_${typeof table === "string" ? table : table.name}_${columns.join("_")}`.replace(/\W/g, "_");
	}
}
@Entity()
export class Sender {
	@PrimaryGeneratedColumn() id: number;
}
@Entity()
export class Letter {
	@PrimaryGeneratedColumn() id: number;
	@Column() subject: string;
	@ManyToOne(() => Sender) from: Sender;
}
const namingStrategy = new Naming();
export const source = new DataSource({
	type: "postgres",
	namingStrategy,
	entityPrefix: "app_",
	entities: [Sender, Letter],
});
