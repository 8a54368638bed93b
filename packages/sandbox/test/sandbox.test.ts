import { temporaryProject } from "@schemalign/testkit";
import { describe, expect, it } from "vitest";
import { loadGraph, permissionFlag } from "../src/index.js";
import { ACME, evaluate, run, tell } from "./engine/engine.js";

const USERS = `
import { declare } from "acme";
declare("users");
`;

describe("the sandbox keeps power away", () => {
	it("uses whichever permission flag this Node has", () => {
		expect(permissionFlag(new Set(["--permission", "--experimental-permission"]))).toBe("--permission");
		expect(permissionFlag(new Set(["--experimental-permission"]))).toBe("--experimental-permission");
		expect(permissionFlag(new Set())).toBeUndefined();
		expect(permissionFlag()).toBeDefined();
	});

	it("shows no environment", async () => {
		process.env.SCHEMALIGN_PROBE = "secret";
		expect(await tell("process.env.SCHEMALIGN_PROBE")).toBe("undefined");
		expect(await tell("Object.keys(process.env).length")).toBe("0");
	});

	it.each([
		["files", `require("node:fs").readFileSync("/etc/passwd", "utf8")`],
		["processes", `require("child_process").execSync("id").toString()`],
		["sockets", `new (require("net").Socket)().connect(80, "127.0.0.1")`],
		["the network", `fetch("http://127.0.0.1/")`],
		["builtins", `process.getBuiltinModule("fs").readFileSync("/etc/passwd", "utf8")`],
		["bindings", `process.binding("fs")`],
	])("gives no %s, and notes the attempt", async (_what, expression) => {
		const report = await evaluate({ "a.ts": `${USERS}\nexport const got = String(${expression});` });
		expect(report.names).toEqual(["users"]);
		expect(report.attempts.length).toBeGreaterThan(0);
		expect(JSON.stringify(report)).not.toContain("root:");
	});

	it.each([
		[
			"the function constructor",
			`(() => {}).constructor("return typeof process.binding + typeof require")()`,
		],
		[
			"an error's realm",
			`(() => { try { null.x } catch (e) { return typeof e.constructor.constructor("return this")().require } })()`,
		],
		[
			"stack frames",
			`(() => { const old = Error.prepareStackTrace; Error.prepareStackTrace = (_, s) => s.map((f) => { const t = f.getThis(); return typeof (t && t.process && t.process.reallyExit) }).join(); const r = new Error().stack; Error.prepareStackTrace = old; return r })()`,
		],
		[
			"the global's prototype",
			`typeof globalThis.constructor?.constructor?.("return this")()?.process?.reallyExit?.call`,
		],
	])("is not left through %s", async (_what, expression) => {
		expect(await tell(expression)).not.toMatch(/require.*function|process\.mainModule/);
		expect(await tell(`${expression}`)).not.toContain("object");
	});

	it("does not give away the host's realm through a failing dynamic import", async () => {
		const report = await evaluate({
			"a.ts": `import { declare } from "acme";
let told = "nothing";
await (0, eval)("import('node:fs')").then(
	(fs) => { told = typeof fs.readFileSync; },
	(error) => { try { told = typeof error.constructor.constructor("return process")(); } catch (inner) { told = inner.constructor.name; } },
);
declare(told);`,
		});
		// The rejection is an object of the host's realm; there, no code can be made of text.
		expect(report.names).toEqual(["EvalError"]);
	});

	it("is not misled by module code that changes what the runtime uses", async () => {
		const report = await evaluate({
			"a.ts": `${USERS}
JSON.stringify = () => "hacked"; JSON.parse = () => ({}); Error.captureStackTrace = () => { throw 1 };
Object.defineProperty(globalThis, "__schemalign__x", { value: 1 });
try { (globalThis as any).__schemalign__ = {}; } catch {}
export const more = 1;`,
		});
		expect(report.names).toEqual(["users"]);
	});

	it("does not mix what modules print with its answer", async () => {
		const report = await evaluate({
			"a.ts": `${USERS}\nfor (let i = 0; i < 2000; i++) { console.log("x".repeat(5000)); process.stdout.write("{}"); }`,
		});
		expect(report.names).toEqual(["users"]);
		expect(report.failures).toEqual([]);
	});
});

describe("the sandbox goes on", () => {
	it("reads the other modules when one throws, and says where", async () => {
		const report = await evaluate({
			"bad.ts": `import { declare } from "acme";
declare("early");

const config: { a?: { b: string } } = {};
export const broken = config.a!.b;
declare("late");`,
			"good.ts": USERS,
		});
		expect([...report.names].sort()).toEqual(["early", "users"]);
		expect(report.failures).toMatchObject([{ module: 0 }]);
		expect(report.failures[0]?.place).not.toBeNull();
	});

	it("sets aside a module that does not end", async () => {
		const report = await evaluate({
			"loop.ts": "while (true) {}",
			"good.ts": `import "./loop";${USERS}`,
		});
		expect(report.names).toEqual(["users"]);
		expect(report.failures.map((failure) => failure.message)).toEqual(["it does not come to an end"]);
	});

	it("sets aside promises that never settle or never rest", async () => {
		const report = await evaluate({
			"never.ts": "await new Promise(() => {});\nexport const x = 1;",
			"busy.ts": "const again = (): unknown => Promise.resolve().then(again); again();",
			"good.ts": USERS,
		});
		expect(report.names).toEqual(["users"]);
		expect(report.failures.map((failure) => failure.module)).toContain(0);
	});

	it("survives process.exit", async () => {
		const report = await evaluate({ "a.ts": `${USERS}\nprocess.exit(0);`, "b.ts": "process.exit(1)" });
		expect(report.names).toEqual(["users"]);
		expect(report.failures.map((failure) => failure.message)).toEqual([
			"the module calls process.exit()",
			"the module calls process.exit()",
		]);
	});

	it("tries again with variables that are set where a module demands them", async () => {
		const report = await evaluate({
			"env.ts": `if (!process.env.DATABASE_URL) throw new Error("DATABASE_URL is missing");
export const url = process.env.DATABASE_URL.split(":")[0];`,
			"a.ts": `import { url } from "./env"; export const x = url;${USERS}`,
		});
		expect(report.failures).toEqual([]);
		expect(report.names).toEqual(["users"]);
	});

	it("ends a process that takes too much memory", async () => {
		const project = await temporaryProject({
			"a.ts": "const kept: unknown[] = []; while (true) kept.push(new Array(100_000).fill({ a: 1 }));",
		});
		const graph = await loadGraph(project.files, ["a.ts"], ACME);
		const outcome = await run(graph, { time: 20_000, patience: 20_000, heap: 64 });
		await project.remove();
		expect(outcome).toEqual({ failure: "it needs more memory than it is given" });
	});
});

describe("the engine", () => {
	it("is told where it is called", async () => {
		const contents = { "a.ts": `import { declare } from "acme";\ntype A = 1;\n\ndeclare(\n\t"users",\n);` };
		const project = await temporaryProject(contents);
		const graph = await loadGraph(project.files, ["a.ts"], ACME);
		const outcome = await run(graph, { time: 6000, patience: 400, heap: 256 });
		await project.remove();
		const place = "answer" in outcome ? (outcome.answer.found[0]?.place ?? null) : null;
		expect(graph.origin(place, { file: "a.ts", line: 1 })).toEqual({ file: "a.ts", line: 4 });
	});

	it("may refuse, and may suspect a foreign call", async () => {
		const told = await evaluate({
			"a.ts": `import { declare } from "acme"; import { make } from "far"; make("suspicious"); make(1); declare("refused");`,
		});
		expect(told.failures).toMatchObject([{ message: "acme refuses", refused: true }]);
		expect(told.suspicions.map(({ why }) => why)).toEqual(["far.make is suspicious"]);
	});
});
