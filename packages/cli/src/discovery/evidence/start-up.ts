/**
 * Programs that create the tables of their models themselves when they start: SQLAlchemy's `metadata.create_all`, Flask-SQLAlchemy's
 * `db.create_all`, TypeORM's `synchronize: true`. It creates what is not there and (SQLAlchemy) changes nothing that is.
 */
import { baseOf, type Evidence, folderOf, type ProjectFiles, type SourceDescriptor } from "@schemalign/core";
import { nearestSource, type Places } from "./places.js";

interface Habit {
	/** The models' adapter. */
	readonly adapter: string;
	readonly path: RegExp;
	readonly call: RegExp;
	/** What it is called. */
	readonly name: string;
	/** A word without which no file has it. */
	readonly marker: string;
}

const HABITS: readonly Habit[] = [
	{
		adapter: "python",
		path: /\.py$/,
		call: /^[^#\n]*\b(?:metadata|db|SQLModel\.metadata)\.create_all\b/m,
		name: "create_all",
		marker: "create_all",
	},
	{
		adapter: "typeorm",
		path: /\.[cm]?[jt]s$/,
		call: /^(?!\s*(?:\/\/|\*)).*\bsynchronize\s*:\s*true\b/m,
		name: "synchronize: true",
		marker: "synchronize",
	},
];
/** Tests, migrations and set-up scripts make databases of their own. */
const ELSEWHERE =
	/(?:^|\/)(?:tests?|__tests__|e2e|spec|fixtures|examples?|docs|scripts?|alembic|migrations|versions|seeds?|tools|bench\w*|notebooks)\/|(?:^|\/)(?:conftest|test_[^/]*|[^/]*_test|setup|seed\w*|env|reset\w*|init_?db|create_?(?:db|tables))\.py$|\.(?:spec|test|e2e-spec)\.[jt]s$/i;

/** Per adapter, at most one trace of each file. Never throws: a file that cannot be read leaves no trace. */
export async function startUpCreation(
	files: ProjectFiles,
	sources: readonly SourceDescriptor[],
): Promise<Evidence[]> {
	const found = await Promise.all(HABITS.map((habit) => tracesOf(habit, { files, sources })));
	return found.flat();
}

async function tracesOf({ adapter, path, call, name, marker }: Habit, places: Places): Promise<Evidence[]> {
	const fits = (source: SourceDescriptor): boolean => source.adapter === adapter && source.role === "model";
	if (!places.sources.some(fits)) return [];
	const candidates = places.files.paths().filter((file) => path.test(file) && !ELSEWHERE.test(file));
	const found = await Promise.all(
		candidates.map(async (file): Promise<Evidence[]> => {
			const text = await places.files.read(file).catch(() => "");
			const match = text.includes(marker) ? call.exec(text) : null;
			if (!match) return [];
			const line = text.slice(0, match.index).split("\n").length;
			return nearestSource(places, folderOf(file), fits).map((source) => ({
				source: source.id,
				weight: "local" as const,
				what: `the program creates its tables itself: ${baseOf(file)} has \`${name}\``,
				at: { file, line },
				createsTables: true,
			}));
		}),
	);
	return found.flat();
}
