import { Check, Column, Entity, Exclusion, Index, PrimaryGeneratedColumn, Unique } from "typeorm";

@Entity()
@Index(["first", "last"])
@Index("people_by_mail", ["mail"], { unique: true })
@Index("people_active", ["first"], { where: '"deletedAt" IS NULL' })
@Index("people_unique_active", ["last"], { unique: true, where: "active" })
@Index((person: Person) => [person.last, person.mail])
@Unique(["first", "mail"])
@Unique("people_u", ["last", "mail"], { deferrable: "INITIALLY DEFERRED" })
@Check("age_positive", '"age" > 0')
@Check('"age" < 200 AND "first" <> \'\'')
@Check("mail_in", "\"mail\" IN ('a', 'b')")
export class Person {
	@PrimaryGeneratedColumn() id: number;
	@Column() first: string;
	@Column() @Index() last: string;
	@Column({ unique: true }) mail: string;
	@Column() @Index("people_age") age: number;
	@Column({ default: true }) @Index({ unique: true }) active: boolean;
	@Column({ nullable: true }) @Index({ sparse: true }) deletedAt: Date;
	@Column("point", { nullable: true }) @Index("place_spatial", { spatial: true }) place: string;
	@Column({ nullable: true }) @Index({ fulltext: true }) text: string;
}
@Entity()
@Exclusion('USING gist ("room" WITH =, "during" WITH &&)')
@Exclusion("no_overlap", 'USING gist ("during" WITH &&)')
export class Booking {
	@PrimaryGeneratedColumn() id: number;
	@Column() room: number;
	@Column("tsrange") during: string;
}
@Entity("a_table_with_a_name_that_is_as_long_as_names_may_be_in_postgres_")
export class Long {
	@PrimaryGeneratedColumn() id: number;
	@Column()
	@Index("an_index_with_a_name_that_is_longer_than_the_sixty_three_bytes_that_are_kept")
	value: string;
}
