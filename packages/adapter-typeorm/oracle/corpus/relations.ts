import {
	Column,
	Entity,
	JoinColumn,
	JoinTable,
	ManyToMany,
	ManyToOne,
	OneToMany,
	OneToOne,
	PrimaryColumn,
	PrimaryGeneratedColumn,
	type Relation,
} from "typeorm";

@Entity("accounts")
export class Account {
	@PrimaryGeneratedColumn("uuid") id: string;
	@Column({ unique: true }) email: string;
	@OneToOne(
		() => Profile,
		(profile) => profile.account,
	)
	profile: Relation<Profile>;
	@OneToMany("Post", "author") posts: Post[];
	@ManyToMany(
		() => Post,
		(post) => post.readers,
	)
	read: Post[];
}
@Entity()
export class Profile {
	@PrimaryGeneratedColumn() id: number;
	@OneToOne(
		() => Account,
		(account) => account.profile,
		{ onDelete: "CASCADE", nullable: false },
	)
	@JoinColumn({ name: "account_id" })
	account: Account;
}
@Entity()
export class Post {
	@PrimaryGeneratedColumn() id: number;
	@ManyToOne("Account", "posts", { onDelete: "SET NULL", onUpdate: "CASCADE" }) author: Account;
	@Column({ name: "editor_id", nullable: true }) editorId: string;
	@ManyToOne(() => Account, { deferrable: "INITIALLY DEFERRED" })
	@JoinColumn({ name: "editor_id", foreignKeyConstraintName: "fk_editor" })
	editor: Account;
	@ManyToOne(() => Account, { createForeignKeyConstraints: false }) loose: Account;
	@ManyToOne(() => Account)
	@JoinColumn({ name: "owner_email", referencedColumnName: "email" })
	owner: Account;
	@ManyToMany(
		() => Account,
		(account) => account.read,
	)
	@JoinTable()
	readers: Account[];
	@ManyToMany(() => Tag)
	@JoinTable({ name: "post_tags", joinColumn: { name: "post_id" }, inverseJoinColumn: { name: "tag_first" } })
	tags: Tag[];
	@ManyToOne(
		() => Post,
		(post) => post.children,
	)
	parent: Post;
	@OneToMany(
		() => Post,
		(post) => post.parent,
	)
	children: Post[];
	@ManyToMany(() => Post) @JoinTable() related: Post[];
}
@Entity()
export class Tag {
	@PrimaryColumn() name: string;
}
@Entity()
export class Line {
	@ManyToOne(() => Post, { onDelete: "CASCADE" }) @JoinColumn() post: Post;
	@PrimaryColumn() postId: number;
	@PrimaryColumn() number: number;
}
@Entity()
export class Detail {
	@PrimaryGeneratedColumn() id: number;
	@ManyToOne(() => Line, { onDelete: "RESTRICT" })
	@JoinColumn([
		{ name: "line_post", referencedColumnName: "postId" },
		{ name: "line_number", referencedColumnName: "number" },
	])
	line: Line;
}
