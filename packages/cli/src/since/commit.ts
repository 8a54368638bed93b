/** The commit that `--since` means. */
import { messageOf, Problem } from "../problem.js";
import { git, isInWorkTree } from "../project/git.js";
import { mostSimilar } from "../similar.js";

export interface Earlier {
	/** What the user has written. */
	readonly since: string;
	/** The commit to compare with, whole. */
	readonly commit: string;
	/** Something to tell the user of that choice. */
	readonly note?: string;
}

/**
 * The commit at which the present branch has left `ref`: what others have done there since is not this branch's doing. For an
 * ancestor that is the ref itself.
 * @throws Problem if there is no repository, no git, or no such commit
 */
export async function earlierCommit(root: string, ref: string): Promise<Earlier> {
	await checkRepository(root);
	checkForm(ref);
	const commit = await resolved(root, ref);
	if (commit === undefined) throw await noSuchCommit(root, ref);
	const head = await resolved(root, "HEAD");
	if (head === undefined) return { since: ref, commit };
	const base = (await git(root, ["merge-base", commit, head]).catch(() => "")).trim().split("\n")[0];
	if (base) return { since: ref, commit: base };
	const note = (await isShallow(root))
		? `the clone is shallow: where this branch left ${ref} is not known, so it is compared with ${ref} as it is`
		: `${ref} and this branch have no common commit: it is compared with ${ref} as it is`;
	return { since: ref, commit, note };
}

/** @throws Problem for what names no commit at all: nothing, or a range */
function checkForm(ref: string): void {
	if (ref === "" || /^[\w.-]+\/$/.test(ref))
		throw new Problem(
			`--since: ${JSON.stringify(ref)} names no commit`,
			"Is the variable set that it comes from? CI sets the name of the target branch for pull requests only.",
		);
	const [, from] = /^(.+?)\.\.\.?(?!\/)/.exec(ref) ?? [];
	if (from !== undefined)
		throw new Problem(
			`--since: ${ref} is a range, and it takes one commit`,
			`\`--since ${from}\` compares with where this branch has left it.`,
		);
}

async function checkRepository(root: string): Promise<void> {
	try {
		await git(root, ["rev-parse", "--git-dir"]);
	} catch (error) {
		const said = messageOf(error);
		if (error instanceof Error && "code" in error && error.code === "ENOENT")
			throw new Problem("--since needs git, and there is no git on this machine");
		if (/dubious ownership/.test(said))
			throw new Problem(
				"--since: git refuses this repository, because it belongs to another user",
				"`git config --global --add safe.directory <folder>` allows it.",
			);
		const what = isInWorkTree(root) ? "git cannot read this repository" : "this is not a git repository";
		throw new Problem(`--since: ${what}`, "It compares the files with those of a commit.");
	}
}

/** The id of the commit that the ref names; `undefined`: none. */
async function resolved(root: string, ref: string): Promise<string | undefined> {
	try {
		const args = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`];
		return (await git(root, args)).trim();
	} catch {
		return undefined;
	}
}

async function isShallow(root: string): Promise<boolean> {
	return (await git(root, ["rev-parse", "--is-shallow-repository"]).catch(() => "")).trim() === "true";
}

async function noSuchCommit(root: string, ref: string): Promise<Problem> {
	const what = `--since: there is no commit ${JSON.stringify(ref)} in this repository`;
	if (await isShallow(root)) {
		const one = /[~^@]/.test(ref)
			? ""
			: `, or \`git fetch --depth=1 origin ${ref.replace(/^origin\//, "")}\``;
		return new Problem(
			what,
			`The clone is shallow: \`git fetch --unshallow\`${one} first (in GitHub Actions: \`fetch-depth: 0\` for actions/checkout).`,
		);
	}
	const remote = await resolved(root, `origin/${ref}`);
	if (remote !== undefined) return new Problem(what, `Did you mean origin/${ref}?`);
	const names = await git(root, ["for-each-ref", "--format=%(refname:short)"]).catch(() => "");
	const near = mostSimilar(ref, names.trim().split("\n"));
	if (near) return new Problem(what, `Did you mean ${near}?`);
	return new Problem(what, "It takes a branch, a tag or a commit; `git fetch` brings those of the remote.");
}
