/** The adapter for live databases. It finds none by itself: which database to connect to, the user says. */
import { ADAPTER_CONTRACT, type Adapter, type SourceDescriptor } from "@schemalign/core";
import { CAPABILITIES } from "./capabilities.js";

export const postgresAdapter: Adapter = {
	name: "postgres",
	contract: ADAPTER_CONTRACT,
	capabilities: CAPABILITIES,
	interests: [],
	waits: true,
	discover: async () => ({ sources: [], skipped: [] }),
	async read(source, { onWaiting }) {
		const { url } = source.options;
		const { readDatabase } = await import("./read.js");
		const reading = readDatabase(typeof url === "string" ? url : "", {
			source: source.id,
			path: source.path,
		});
		onWaiting?.();
		return reading;
	},
};

/** The source for a live database that the user names. `url` stays in the options, which no output shows. */
export function databaseSource(name: string, url: string): SourceDescriptor {
	return {
		id: name,
		adapter: "postgres",
		role: "database",
		path: name,
		files: [],
		label: "live database",
		options: { url },
	};
}
