/** SQL that an Alembic environment runs before its revisions. */
import { FileProblem, folderOf, type ProjectFiles } from "@schemalign/core";

/**
 * Why a SQL file within the folder of an Alembic environment is no schema of its own: `env.py` names it, to run it on an
 * empty database from where the revisions go on. `undefined`: none does.
 */
export async function baseOfRevisions(files: ProjectFiles, path: string): Promise<string | undefined> {
	const name = path.slice(path.lastIndexOf("/") + 1);
	for (let folder = folderOf(path); folder !== ""; folder = folderOf(folder)) {
		const environment = `${folder}/env.py`;
		if (!files.has(environment)) continue;
		const text = await files.read(environment).catch((error: unknown) => {
			if (error instanceof FileProblem) return "";
			throw error;
		});
		return /\balembic\b/.test(text) && (text.includes(`"${name}"`) || text.includes(`'${name}'`))
			? `${environment} runs it before the revisions, which go on from there: what the database has is theirs to say`
			: undefined;
	}
	return undefined;
}
