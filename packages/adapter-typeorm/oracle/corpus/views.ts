import {
	Column,
	type DataSource,
	Entity,
	Index,
	PrimaryColumn,
	PrimaryGeneratedColumn,
	ViewColumn,
	ViewEntity,
} from "typeorm";

@Entity()
export class Sale {
	@PrimaryGeneratedColumn() id: number;
	@Column() amount: number;
	@Column({ generatedType: "STORED", asExpression: '"amount" * 2' }) twice: number;
	@Column({ type: "text", generatedType: "STORED", asExpression: "'sale ' || \"amount\"::text" })
	label: string;
}
@ViewEntity({ name: "sale_totals", expression: 'SELECT sum("amount") AS total FROM "sale"' })
export class Totals {
	@ViewColumn() total: string;
}
@ViewEntity({ name: "sale_list", materialized: true, expression: 'SELECT "id", "amount" FROM "sale"' })
export class List {
	@ViewColumn() @Index() amount: number;
	@PrimaryColumn() id: number;
}
@ViewEntity({
	expression: (source: DataSource) =>
		source.createQueryBuilder().select("sale.id", "id").from(Sale, "sale").where("sale.amount > 5"),
	dependsOn: [Sale],
})
export class BigSale {
	@ViewColumn() id: number;
}
