/** Stands for TypeORM's access to its platform: there is none. */

/** What TypeORM does with files, packages and the console. */
export const PlatformTools = {
	type: "browser",
	getGlobalVariable: (): object => globalThis,
	load(name: string): never {
		throw new Error(`${name} is not loaded in the sandbox`);
	},
	pathNormalize: (path: string): string => path,
	pathExtname: (path: string): string => /\.[^./]*$/.exec(path)?.[0] ?? "",
	pathResolve: (path: string): string => path,
	fileExist: (): boolean => false,
	dotenv(): void {},
	getEnvVariable: (): undefined => undefined,
	readFileSync: (): null => null,
	appendFileSync(): void {},
	writeFile: (): Promise<void> => Promise.resolve(),
	highlightSql: (sql: string): string => sql,
	highlightJson: (json: string): string => json,
	logInfo(): void {},
	logError(): void {},
	logWarn(): void {},
	log(): void {},
	info(text: string): string {
		return text;
	},
	error: (text: string): string => text,
	warn: (text: string): string => text,
};

export class EventEmitter {}
export class Readable {}
export class Writable {}
