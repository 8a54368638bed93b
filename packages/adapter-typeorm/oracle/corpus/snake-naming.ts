import {
	Column,
	DataSource,
	Entity,
	Index,
	JoinColumn,
	JoinTable,
	ManyToMany,
	ManyToOne,
	PrimaryGeneratedColumn,
} from "typeorm";
import { SnakeNamingStrategy } from "typeorm-naming-strategies";

class FullName {
	@Column() firstName: string;
	@Column({ name: "LastOne" }) lastName: string;
}
@Entity()
export class UserAccount {
	@PrimaryGeneratedColumn("uuid") id: string;
	@Column() @Index() emailAddress: string;
	@Column(() => FullName) fullName: FullName;
	@Column(() => FullName, { prefix: "otherName" }) other: FullName;
	@ManyToMany(() => UserGroup) @JoinTable() userGroups: UserGroup[];
}
@Entity("GivenGroup")
export class UserGroup {
	@PrimaryGeneratedColumn() groupId: number;
	@ManyToOne(() => UserAccount) groupOwner: UserAccount;
	@ManyToOne(() => UserAccount) @JoinColumn() secondOwner: UserAccount;
	@ManyToMany(() => UserGroup) @JoinTable() innerGroups: UserGroup[];
}
export const source = new DataSource({
	type: "postgres",
	namingStrategy: new SnakeNamingStrategy(),
	uuidExtension: "pgcrypto",
	entities: [UserAccount, UserGroup],
});
