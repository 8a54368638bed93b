/** Stands for parts of TypeORM that have no place in the sandbox: files of options, other databases. */
export class ConnectionOptionsReader {}
export class FileLogger {}
export class MongoEntityManager {}
export class MongoRepository {}
export class MongoQueryRunner {}
export class MongoDriver {}
export class CockroachDriver {}
export class ObjectId {}
export const importClassesFromDirectories = async (): Promise<readonly never[]> => [];
export const importJsonsFromDirectories = (): readonly never[] => [];
