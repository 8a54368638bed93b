/** The project's modules, read when something of them is needed; what is not of the project is unknown. */
import { FileProblem, type Origin, type ProjectFiles } from "@schemalign/core";
import type { ESTree } from "rolldown/utils";
import { type ParsedFile, parseFile } from "../syntax.js";
import { bindPattern } from "./bind.js";
import { classValue } from "./classes.js";
import { enumValue } from "./enums.js";
import type { Machine } from "./machine.js";
import { memberOf } from "./members.js";
import { Callable, type Foreign, Scope, Unknown, type Value } from "./values.js";

/** Where an import leads. */
export interface Resolver {
	resolve(from: string, specifier: string): Promise<string | undefined>;
}

/** A module of the project: its names are evaluated when they are needed. */
export interface Module {
	readonly file: ParsedFile;
	readonly scope: Scope;
	/** Exported name to what gives its value. */
	readonly exports: ReadonlyMap<string, () => Promise<Value>>;
}

type Exports = Map<string, () => Promise<Value>>;

export class Modules {
	readonly #modules = new Map<string, Promise<Module | string>>();
	readonly #texts = new Map<string, string>();
	readonly #parsed = new Map<string, ParsedFile>();

	constructor(
		readonly files: ProjectFiles,
		readonly resolver: Resolver,
		/** What the packages that we stand behind export. */
		readonly packages: (specifier: string) => Foreign | undefined,
		readonly machine: () => Machine,
	) {}

	/** The module, or why it cannot be read. */
	load(path: string): Promise<Module | string> {
		const known = this.#modules.get(path);
		if (known) return known;
		const made = this.#load(path);
		this.#modules.set(path, made);
		return made;
	}

	text(path: string): string {
		return this.#texts.get(path) ?? "";
	}

	at(file: string, offset: number): Origin {
		return this.#parsed.get(file)?.at(offset) ?? { file, line: 1 };
	}

	async #load(path: string): Promise<Module | string> {
		try {
			const text = await this.files.read(path);
			this.#texts.set(path, text);
			const file = parseFile(path, text);
			this.#parsed.set(path, file);
			if (file.error) return `it does not parse: ${file.error.message}`;
			return this.#link(file);
		} catch (error) {
			if (error instanceof FileProblem) return error.message;
			throw error;
		}
	}

	/** What `import` or `require` of a module gives. */
	async namespace(from: string, specifier: string, at: Origin): Promise<Value> {
		const known = this.packages(specifier);
		if (known) return known;
		const path = await this.resolver.resolve(from, specifier);
		const outside = (): Unknown => new Unknown(`${specifier} is not part of the project`, at);
		if (path === undefined || !/\.[cm]?[jt]sx?$/.test(path) || /\.d\.[cm]?ts$/.test(path)) return outside();
		const module = await this.load(path);
		if (typeof module === "string") return new Unknown(`${path}: ${module}`, at);
		return this.#space(module, specifier);
	}

	/** Its members are made when they are read: a barrel of a whole program must not be evaluated for one name. */
	#space(module: Module, specifier: string): Foreign {
		return {
			foreign: true,
			member: async (name, at) => {
				const found = await this.exported(module, name, new Set());
				return found ? found() : new Unknown(`${specifier} has no ${name}`, at);
			},
		};
	}

	async #import(from: string, specifier: string, name: string, at: Origin): Promise<Value> {
		const space = await this.namespace(from, specifier, at);
		return memberOf(this.machine(), space, name, at);
	}

	/** What gives an export of a module, through its `export *`. */
	async exported(
		module: Module,
		name: string,
		seen: Set<Module>,
	): Promise<(() => Promise<Value>) | undefined> {
		if (seen.has(module)) return undefined;
		seen.add(module);
		const own = module.exports.get(name);
		if (own) return own;
		for (const statement of module.file.program.body) {
			if (statement.type !== "ExportAllDeclaration" || statement.exported || name === "default") continue;
			const path = await this.resolver.resolve(module.file.path, statement.source.value);
			const inner = path === undefined ? undefined : await this.load(path);
			if (!inner || typeof inner === "string") continue;
			const found = await this.exported(inner, name, seen);
			if (found) return found;
		}
		return undefined;
	}

	#link(file: ParsedFile): Module {
		const scope = new Scope(undefined, file.path, 0);
		const exports: Exports = new Map();
		const module: Module = { file, scope, exports };
		for (const statement of file.program.body) this.#statement(module, exports, statement);
		return module;
	}

	#statement(module: Module, exports: Exports, node: ESTree.Program["body"][number]): void {
		const { scope } = module;
		switch (node.type) {
			case "ImportDeclaration":
				this.#imports(module, node);
				return;
			case "ExportNamedDeclaration":
				if (node.declaration) {
					for (const name of this.#declare(scope, node.declaration))
						exports.set(name, () => scope.read(name));
				}
				for (const { local, exported } of node.specifiers) {
					const inner = nameOf(local);
					const { source } = node;
					exports.set(nameOf(exported), () =>
						source
							? this.#import(module.file.path, source.value, inner, module.file.at(node.start))
							: scope.read(inner),
					);
				}
				return;
			case "ExportDefaultDeclaration":
				this.#default(module, exports, node.declaration);
				return;
			case "ExportAllDeclaration": {
				const name = node.exported ? nameOf(node.exported) : undefined;
				const at = module.file.at(node.start);
				if (name) exports.set(name, () => this.namespace(module.file.path, node.source.value, at));
				return;
			}
			case "ExpressionStatement":
				this.#common(module, exports, node.expression);
				return;
			default:
				this.#declare(scope, node);
		}
	}

	#imports(module: Module, node: ESTree.ImportDeclaration): void {
		const { file, scope } = module;
		const from = node.source.value;
		const at = file.at(node.start);
		for (const specifier of node.specifiers) {
			const { name } = specifier.local;
			if (specifier.type === "ImportNamespaceSpecifier") {
				scope.declareLazily(name, () => this.namespace(file.path, from, at));
			} else {
				const wanted = specifier.type === "ImportSpecifier" ? nameOf(specifier.imported) : "default";
				scope.declareLazily(name, () => this.#import(file.path, from, wanted, at));
			}
		}
	}

	/** Declares what a statement at the top of a module declares, and gives the names. */
	#declare(scope: Scope, node: ESTree.Statement | ESTree.Directive): readonly string[] {
		const machine = this.machine;
		switch (node.type) {
			case "FunctionDeclaration":
				if (node.id) scope.declare(node.id.name, Callable.of(node, scope, undefined));
				return node.id ? [node.id.name] : [];
			case "ClassDeclaration":
				if (node.id) scope.declareLazily(node.id.name, () => classValue(machine(), node, scope));
				return node.id ? [node.id.name] : [];
			case "TSEnumDeclaration":
				scope.declareLazily(node.id.name, () => enumValue(machine(), node, scope));
				return [node.id.name];
			case "VariableDeclaration":
				return node.declarations.flatMap((declarator) => this.#variable(scope, declarator));
			default:
				return [];
		}
	}

	#variable(scope: Scope, { id, init }: ESTree.VariableDeclarator): string[] {
		const machine = this.machine;
		const value = async (): Promise<Value> => (init ? machine().evaluate(init, scope) : undefined);
		if (id.type === "Identifier") {
			scope.declareLazily(id.name, value);
			return [id.name];
		}
		const names = namesIn(id);
		let bound: Promise<void> | undefined;
		for (const name of names) {
			scope.declareLazily(name, async () => {
				bound ??= value().then((whole) => bindPattern(machine(), id, whole, scope));
				await bound;
				return scope.read(name);
			});
		}
		return names;
	}

	#default(module: Module, exports: Exports, node: ESTree.ExportDefaultDeclarationKind): void {
		const { scope } = module;
		if (node.type === "TSInterfaceDeclaration") return;
		if ((node.type === "ClassDeclaration" || node.type === "FunctionDeclaration") && node.id) {
			const [name = ""] = this.#declare(scope, node);
			exports.set("default", () => scope.read(name));
			return;
		}
		exports.set("default", () => this.machine().evaluate(node, scope));
	}

	/** `module.exports = …`, `exports.name = …`. */
	#common(module: Module, exports: Exports, node: ESTree.Expression): void {
		if (node.type !== "AssignmentExpression" || node.left.type !== "MemberExpression") return;
		const { left, right } = node;
		const text = this.text(module.file.path).slice(left.start, left.end);
		const { scope } = module;
		if (text === "module.exports") {
			exports.set("default", () => this.machine().evaluate(right, scope));
			if (right.type !== "ObjectExpression") return;
			for (const property of right.properties) {
				if (property.type === "Property" && property.key.type === "Identifier" && !property.computed) {
					const { value } = property;
					exports.set(property.key.name, () => this.machine().evaluate(value, scope));
				}
			}
			return;
		}
		const name = /^(?:module\.)?exports\.(\w+)$/.exec(text)?.[1];
		if (name) exports.set(name, () => this.machine().evaluate(right, scope));
	}
}

function nameOf(node: ESTree.ModuleExportName): string {
	return node.type === "Literal" ? node.value : node.name;
}

function namesIn(pattern: ESTree.BindingPattern): string[] {
	switch (pattern.type) {
		case "Identifier":
			return [pattern.name];
		case "AssignmentPattern":
			return namesIn(pattern.left);
		case "ArrayPattern":
			return pattern.elements.flatMap((element) =>
				element ? namesIn(element.type === "RestElement" ? element.argument : element) : [],
			);
		default:
			return pattern.properties.flatMap((property) =>
				namesIn(property.type === "RestElement" ? property.argument : property.value),
			);
	}
}
