/** What a file is, by its text alone: fast, and wrong at most about files that declare nothing. */
import { FileProblem, type ProjectFiles } from "@schemalign/core";

export const CODE_FILE = /\.(?:[cm]?[jt]s|[jt]sx)$/;

/** What a file needs to have in it to be looked at: a class decorator of TypeORM's, or its way without classes. */
export const MARKERS = [
	"@Entity",
	"@ViewEntity",
	"@ChildEntity",
	"EntitySchema",
	"DataSource",
	"TypeOrm",
	"Entity(",
];
