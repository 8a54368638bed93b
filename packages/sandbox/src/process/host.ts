/**
 * The program that the child process runs, as text: it is passed with `node -e`, so the child needs no right to read
 * any file. It takes the runtime and the task from stdin, evaluates both in a context that holds no object of its own
 * realm, and writes the answer, one string, to descriptor 3.
 *
 * Layers, each of which has to fall before foreign code could do harm: the context (only strings pass); no code
 * generation in the host's realm; Node's modules emptied; Node's permission model (no files, processes, workers, addons).
 */
export const HOST_PROGRAM = `"use strict";
const fs = require("node:fs");
const vm = require("node:vm");
const { readFileSync, writeSync } = fs;
const quit = process.reallyExit.bind(process);
const now = Date.now;
const input = JSON.parse(readFileSync(0, "utf8"));
const refuse = () => { throw new Error("not allowed in the sandbox"); };
for (const name of ["uncaughtException", "unhandledRejection"]) process.on(name, () => {});
// Loaded first, emptied then: they are built on each other.
const POWER = ["net", "tls", "dgram", "dns", "http", "https", "fs", "vm", "module", "child_process"].map((name) =>
	require("node:" + name));
const { Script, createContext } = vm;
const empty = (target) => {
	for (const key of target ? Object.getOwnPropertyNames(target) : []) {
		const own = Object.getOwnPropertyDescriptor(target, key);
		if (!own.configurable || key === "constructor" || key === "prototype") continue;
		if (typeof own.value === "function" || own.get) close(target, key);
	}
};
const close = (target, key) => {
	try { Object.defineProperty(target, key, { value: refuse, writable: false, configurable: false }); } catch {}
};
for (const module of POWER) {
	for (const part of [module, module.promises, module.prototype]) empty(part);
	for (const name of ["Socket", "Server", "Agent", "Resolver"]) if (module[name]) empty(module[name].prototype);
}
const context = createContext(Object.create(null), { microtaskMode: "afterEvaluate" });
const run = (text, timeout) => new Script(text, { filename: "runtime.js" }).runInContext(context, { timeout });
for (const key of ["binding", "_linkedBinding", "dlopen", "getBuiltinModule", "reallyExit", "kill", "_kill",
	"chdir", "setuid", "setgid", "_debugProcess", "mainModule", "stdout", "stderr", "stdin"]) close(process, key);
for (const key of ["fetch", "WebSocket", "EventSource"]) close(globalThis, key);
for (const key of ["require", "module", "exports", "process"]) delete globalThis[key];
for (const type of [Object, Function, Array, Promise, Error, TypeError, RangeError, String, Number, Map, Set, RegExp]) {
	Object.freeze(type.prototype);
	Object.freeze(type);
}
const deadline = now() + input.limit;
const timedOut = (error) => error && error.code === "ERR_SCRIPT_EXECUTION_TIMEOUT";
// Runs a step that may be taken again after each thing that hung is set aside; the last time nothing may hang.
const step = (name, setAside, patience, until) => {
	for (let tries = 1; ; tries++) {
		const left = Math.max(50, Math.min(patience, until - now()));
		try { return run("__schemalign__." + name + "()", left); } catch (error) {
			if (!timedOut(error) || tries === 4) throw error;
			run("__schemalign__." + setAside + "(" + (tries === 3) + ")", 1000);
		}
	}
};
run(input.runtime, input.limit);
run("__schemalign__.start(" + JSON.stringify(input.task) + ")", input.limit);
const rounds = () => {
	const half = now() + input.limit / 2;
	const finish = () => step("finish", "skip", input.limit / 5, deadline);
	const close = () => run("__schemalign__.close()", 1000);
	do { step("load", "abandon", input.patience, half); finish(); } while (close() === true && now() < half);
};
let answer = "";
try { rounds(); } catch {}
try { answer = run("__schemalign__.result()", 1000); } catch {}
if (typeof answer !== "string") answer = "";
const bytes = Buffer.from(answer, "utf8");
for (let at = 0; at < bytes.length; ) {
	try { at += writeSync(3, bytes, at); } catch (error) { if (error.code !== "EAGAIN") break; }
}
quit(0);
`;
