/** `default=`: a value that only this program fills in, in a few words. */
import { asString, externalPath, type Value } from "../evaluate/values.js";

/** Short text for a client-side default: `uuid.uuid4()`, `'draft'`, `datetime.now()`. */
export function describeClientDefault(value: Value): string {
	switch (value.is) {
		case "constant":
			return value.value === null
				? "None"
				: typeof value.value === "string"
					? `'${value.value}'`
					: String(value.value);
		case "member":
			return `${value.class.name}.${value.name}`;
		case "function":
			return `${value.name}()`;
		case "class":
			return `${value.class.name}()`;
		case "external":
			return `${short(value.path)}()`;
		case "call": {
			const args = value.args.map((arg) => asString(arg)).filter((arg) => arg !== undefined);
			return `${nameOf(value.callee)}(${args.map((arg) => `'${arg}'`).join(", ")})`;
		}
		case "sequence":
			return value.items.length === 0 ? (value.form === "list" ? "[]" : "()") : "a list";
		case "mapping":
			return value.entries.length === 0 ? "{}" : "a dict";
		case "attribute":
			return `${nameOf(value)}()`;
		default:
			return "computed in the program";
	}
}

function nameOf(value: Value): string {
	const path = externalPath(value);
	if (path) return short(path);
	if (value.is === "attribute") return `${nameOf(value.object)}.${value.name}`;
	if (value.is === "class") return value.class.name;
	if (value.is === "call") return `${nameOf(value.callee)}()`;
	return "…";
}

function short(path: string): string {
	return path
		.replace(/^builtins\./, "")
		.split(".")
		.slice(-2)
		.join(".");
}
