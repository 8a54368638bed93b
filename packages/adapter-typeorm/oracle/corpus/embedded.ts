import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn } from "typeorm";

@Entity()
export class Country {
	@PrimaryGeneratedColumn() id: number;
}
class Coordinates {
	@Column("float") lat: number;
	@Column("float", { name: "lng" }) longitude: number;
}
class Address {
	@Column() @Index() street: string;
	@Column({ name: "zip_code", nullable: true }) zip: string;
	@Column(() => Coordinates) at: Coordinates;
	@ManyToOne(() => Country) @JoinColumn() country: Country;
}
@Entity()
export class Company {
	@PrimaryGeneratedColumn() id: number;
	@Column(() => Address) home: Address;
	@Column(() => Address, { prefix: "work" }) office: Address;
	@Column(() => Coordinates, { prefix: false }) plain: Coordinates;
}
