/** Stands for TypeORM's choice of a driver: there is Postgres's only. */
import { PostgresDriver } from "typeorm/browser/driver/postgres/PostgresDriver.js";

type DataSource = ConstructorParameters<typeof PostgresDriver>[0];

export class DriverFactory {
	create(dataSource: DataSource): PostgresDriver {
		return new PostgresDriver(dataSource);
	}
}
