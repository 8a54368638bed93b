import { EntitySchema } from "typeorm";

interface Writer {
	id: number;
	name: string;
	books: Book[];
}
interface Book {
	id: string;
	title: string;
	writer: Writer;
}
export const WriterEntity = new EntitySchema<Writer>({
	name: "writer",
	columns: {
		id: { type: Number, primary: true, generated: true },
		name: { type: "varchar", length: 80, unique: true },
	},
	relations: { books: { type: "one-to-many", target: "book", inverseSide: "writer" } },
});
export const BookEntity = new EntitySchema<Book>({
	name: "book",
	tableName: "books",
	columns: {
		id: { type: "uuid", primary: true, generated: "uuid" },
		title: { type: String, default: "untitled" },
	},
	relations: {
		writer: { type: "many-to-one", target: "writer", joinColumn: { name: "writer_id" }, onDelete: "CASCADE" },
	},
	indices: [{ name: "book_titles", columns: ["title"] }],
	uniques: [{ name: "book_once", columns: ["title", "writer"] }],
	checks: [{ name: "book_title", expression: "\"title\" <> ''" }],
});
