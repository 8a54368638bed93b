import { existsSync } from "node:fs";
import type { Adapter } from "@schemalign/core";
import { temporaryProject } from "@schemalign/testkit";
import { describe, expect, it } from "vitest";

const built = new URL("../dist/index.js", import.meta.url);

/** `pnpm test` builds first; without a build there is nothing to test here. */
describe.runIf(existsSync(built) && existsSync(new URL("./runtime.js", built)))("the built package", () => {
	it("brings the sandbox's runtime with it", async () => {
		const { typeormAdapter }: { typeormAdapter: Adapter } = await import(built.href);
		const project = await temporaryProject({
			"user.ts": `import { Column, Entity, PrimaryGeneratedColumn } from "typeorm";
@Entity() export class UserAccount { @PrimaryGeneratedColumn() id: number; @Column({ nullable: true }) firstName: string; }`,
		});
		try {
			const { files } = project;
			const { sources } = await typeormAdapter.discover({ files, matched: files.paths() });
			const [source] = sources;
			const snapshot = source && (await typeormAdapter.read(source, { files }));
			expect(snapshot?.gaps).toEqual([]);
			expect(snapshot?.entities.map((entity) => entity.address)).toEqual([
				"column:public.user_account.firstName",
				"column:public.user_account.id",
				'primaryKey:public.user_account."primary key"',
				"table:public.user_account",
			]);
		} finally {
			await project.remove();
		}
	});
});
