import {
	Column,
	Entity,
	PrimaryGeneratedColumn,
	Tree,
	TreeChildren,
	TreeLevelColumn,
	TreeParent,
} from "typeorm";

@Entity()
@Tree("materialized-path")
export class PathNode {
	@PrimaryGeneratedColumn() id: number;
	@TreeChildren() children: PathNode[];
	@TreeParent({ onDelete: "CASCADE" }) parent: PathNode;
}
@Entity()
@Tree("nested-set")
export class SetNode {
	@PrimaryGeneratedColumn() id: number;
	@TreeChildren() children: SetNode[];
	@TreeParent() parent: SetNode;
}
@Entity()
@Tree("closure-table")
export class ClosureNode {
	@PrimaryGeneratedColumn("uuid") id: string;
	@Column() name: string;
	@TreeChildren() children: ClosureNode[];
	@TreeParent() parent: ClosureNode;
	@TreeLevelColumn() level: number;
}
@Entity()
@Tree("closure-table", {
	closureTableName: "category_tree",
	ancestorColumnName: (column) => `ancestor_${column.propertyName}`,
	descendantColumnName: (column) => `descendant_${column.propertyName}`,
})
export class Category {
	@PrimaryGeneratedColumn() id: number;
	@TreeChildren() children: Category[];
	@TreeParent() parent: Category;
}
