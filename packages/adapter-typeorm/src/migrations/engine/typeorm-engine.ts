/** What we use of TypeORM: built into a file of its own, which is loaded where migrations use TypeORM's runner. */
export {
	DataSource,
	Table,
	TableCheck,
	TableColumn,
	TableExclusion,
	TableForeignKey,
	TableIndex,
	TableUnique,
	View,
} from "typeorm";
export { PostgresDriver } from "typeorm/driver/postgres/PostgresDriver.js";
export { PostgresQueryRunner } from "typeorm/driver/postgres/PostgresQueryRunner.js";
export { Query } from "typeorm/driver/Query.js";
