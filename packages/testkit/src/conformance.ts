/**
 * What every adapter must hold to, whatever it reads. Framework-free: each check is a name and a function that throws.
 *
 * ```ts
 * for (const check of conformance(myAdapter, fixtures)) it(check.name, check.run);
 * ```
 */
import { ADAPTER_CONTRACT, type Adapter } from "@schemalign/core";
import { checkCapabilities } from "./checks/capabilities.js";
import { checkBroken, checkUnreadable } from "./checks/hardship.js";
import { checkOrigins } from "./checks/origins.js";
import { checkLineEnds, checkNamed, checkOrder, checkPlace, checkUntouched } from "./checks/sameness.js";
import { checkShape, checkTables } from "./checks/shape.js";
import { type ConformanceFixture, expectThat, type FixtureProject, withProject } from "./fixture.js";

export interface ConformanceCheck {
	readonly name: string;
	/** Throws an Error that says what does not hold. */
	readonly run: () => Promise<void>;
}

/** The checks of `adapter` over `fixtures`: small projects in its language, written by its author. */
export function conformance(adapter: Adapter, fixtures: readonly ConformanceFixture[]): ConformanceCheck[] {
	const contract: ConformanceCheck = {
		name: `${adapter.name}: is written for contract ${ADAPTER_CONTRACT} and has a lower-case name`,
		run: async () => {
			expectThat(adapter.contract === ADAPTER_CONTRACT, `it states contract ${adapter.contract}`);
			expectThat(/^[a-z][a-z0-9-]*$/.test(adapter.name), `its name is ${JSON.stringify(adapter.name)}`);
			expectThat(fixtures.length > 0, "there is no fixture to check it with");
		},
	};
	return [contract, ...fixtures.flatMap((fixture) => checksOf(adapter, fixture))];
}

function checksOf(adapter: Adapter, fixture: ConformanceFixture): ConformanceCheck[] {
	const check = (name: string, run: (project: FixtureProject) => Promise<void>): ConformanceCheck => ({
		name: `${adapter.name}, ${fixture.name}: ${name}`,
		run: () => withProject(adapter, fixture, run),
	});
	return [
		check("finds the tables that the fixture has", checkTables),
		check("gives sources and snapshots of the documented shape", checkShape),
		check("states what it declares complete, and never what it declares none", checkCapabilities),
		check("names a line for every fact, and the line has the name", checkOrigins),
		check("does not depend on the order in which files are listed", checkOrder),
		check("does not depend on the folder that the project lies in", checkPlace),
		check("does not depend on line ends", checkLineEnds),
		check("reads the same where the user names the path", checkNamed),
		check("leaves the project as it is", checkUntouched),
		check("tells of files that cannot be read, and never throws", checkUnreadable),
		check("tells of files that are broken on disk, and never throws", checkBroken),
	];
}
