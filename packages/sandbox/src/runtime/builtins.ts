/** Node's modules, as far as they can be harmless: a few pure functions; the rest is inert. */
import { VIRTUAL_ROOT } from "../constants.js";
import type { Attempts } from "./globals.js";
import { makeStub, type StubWatcher } from "./stub.js";

const POWERFUL =
	/^(?:fs|child_process|net|tls|dgram|dns|http|https|http2|worker_threads|cluster|inspector|vm|module|v8|repl)(?:\/|$)/;

/** What `import` of a module that is not part of the project gives. */
export function foreignModule(specifier: string, attempts: Attempts, onCall: StubWatcher): object {
	const name = specifier.replace(/^node:/, "");
	if (name === "path" || name === "path/posix" || name === "upath" || name === "pathe")
		return openModule(paths, name);
	if (name === "url") return openModule(urls, name);
	if (POWERFUL.test(name)) {
		const noted: StubWatcher = (called) => attempts.note(called, noted);
		return makeStub(specifier, noted);
	}
	return makeStub(specifier, onCall);
}

/** A namespace whose unknown members are inert. */
export function openModule(members: Readonly<Record<string, unknown>>, name: string): object {
	const rest = makeStub(name);
	const space: Record<string, unknown> = { ...members };
	const result: object = new Proxy(space, {
		get(target, key) {
			if (key === "default") return result;
			if (key === "then") return undefined;
			return key in target ? Reflect.get(target, key) : Reflect.get(rest, key);
		},
	});
	return result;
}

function normalize(path: string): string {
	const absolute = path.startsWith("/");
	const parts: string[] = [];
	for (const part of path.split("/")) {
		if (part === "" || part === ".") continue;
		if (part === ".." && parts.length > 0 && parts[parts.length - 1] !== "..") parts.pop();
		else if (part !== ".." || !absolute) parts.push(part);
	}
	return `${absolute ? "/" : ""}${parts.join("/")}` || ".";
}

const join = (...parts: unknown[]): string => normalize(parts.map(String).filter(Boolean).join("/"));
const resolve = (...parts: unknown[]): string => {
	let path = "";
	for (const part of [VIRTUAL_ROOT, ...parts].map(String))
		path = part.startsWith("/") ? part : `${path}/${part}`;
	return normalize(path);
};
const dirname = (path: unknown): string =>
	String(path).replace(/\/?[^/]*\/?$/, "") || (String(path).startsWith("/") ? "/" : ".");
const basename = (path: unknown, suffix?: unknown): string => {
	const base = String(path).split("/").filter(Boolean).at(-1) ?? "";
	return typeof suffix === "string" && base.endsWith(suffix) ? base.slice(0, -suffix.length) : base;
};

const relative = (from: unknown, to: unknown): string => {
	const [a, b] = [resolve(from), resolve(to)].map((path) => path.split("/").filter(Boolean));
	let same = 0;
	while (a?.[same] !== undefined && a[same] === b?.[same]) same++;
	return [...(a ?? []).slice(same).map(() => ".."), ...(b ?? []).slice(same)].join("/");
};

const paths = {
	relative,
	join,
	resolve,
	dirname,
	basename,
	normalize: (path: unknown) => normalize(String(path)),
	isAbsolute: (path: unknown) => String(path).startsWith("/"),
	extname: (path: unknown) => /\.[^./]*$/.exec(String(path))?.[0] ?? "",
	sep: "/",
	delimiter: ":",
};

/** URLs of files, relative to a module's own; others are known only to exist. */
export class FileUrl {
	readonly href: string;
	readonly pathname: string;

	constructor(url: unknown, base?: unknown) {
		const text = String(url);
		const root = String(base ?? "").replace(/^file:\/\//, "");
		this.pathname = text.startsWith("file://") ? text.slice(7) : normalize(`${dirname(root)}/${text}`);
		this.href = `file://${this.pathname}`;
	}

	toString(): string {
		return this.href;
	}
}

const urls = {
	URL: FileUrl,
	fileURLToPath: (url: unknown) => decodeURIComponent(String(url).replace(/^file:\/\//, "")),
	pathToFileURL: (path: unknown) => `file://${String(path)}`,
};
