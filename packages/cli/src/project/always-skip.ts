/** Folders that hold no source of the project itself, whether or not they are ignored or committed. */

const REASONS: Readonly<Record<string, string>> = {
	node_modules: "installed packages",
	bower_components: "installed packages",
	".yarn": "installed packages",
	".pnpm-store": "installed packages",
	"site-packages": "installed packages",
	venv: "a Python environment",
	".venv": "a Python environment",
	virtualenv: "a Python environment",
	__pycache__: "compiled Python",
	".tox": "a Python environment",
	".nox": "a Python environment",
	".mypy_cache": "a cache",
	".pytest_cache": "a cache",
	".ruff_cache": "a cache",
	".cache": "a cache",
	".turbo": "a cache",
	".parcel-cache": "a cache",
	dist: "build output",
	build: "build output",
	".next": "build output",
	".nuxt": "build output",
	".output": "build output",
	".svelte-kit": "build output",
	".vercel": "build output",
	".netlify": "build output",
	".serverless": "build output",
	".terraform": "installed providers",
	coverage: "coverage reports",
	htmlcov: "coverage reports",
	".nyc_output": "coverage reports",
	vendor: "vendored code",
	vendored: "vendored code",
	third_party: "vendored code",
	"third-party": "vendored code",
	".git": "version control",
	".hg": "version control",
	".svn": "version control",
	".jj": "version control",
};

/** Folders so common that naming them among the skipped would only be noise. */
const SILENT = new Set(
	Object.keys(REASONS).filter(
		(name) => name.startsWith(".") || name === "node_modules" || name === "__pycache__",
	),
);

/** Why a folder of this name is never looked into, or `undefined`. */
export function alwaysSkipped(folderName: string): string | undefined {
	return Object.hasOwn(REASONS, folderName) ? REASONS[folderName] : undefined;
}

/** Whether the skipped folder is worth a line in the report. */
export function worthNaming(folderName: string): boolean {
	return !SILENT.has(folderName);
}
