// Who can be reached and through what, for /duty/reach and the chip in the band; and spoken phrases that an operator recorded
// himself: files in the data folder that stand instead of the built-in ones.
import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { problem } from "#model/problem.ts";
import type { HttpParts } from "./parts.ts";
import type { Route } from "./registry.ts";
import { route } from "./registry.ts";

/** As the page names them: "level-4", "system-gas". */
const PHRASE = /^[a-z][a-zA-Z0-9-]{0,59}$/;
/** A phrase of five seconds is some 20 KB. */
const PHRASE_MAX_BYTES = 256 * 1024;

export function reachRoutes({ core, policyFile }: Pick<HttpParts, "core" | "policyFile">): Route[] {
	const folder = join(dirname(policyFile), "phrases");
	return [
		route({
			method: "get",
			path: "/api/reach",
			policy: { action: "read" },
			summary: "Desks, calls under way, outside channels and deliveries; each part by the caller's right",
			handle: async ({ who }) => ({ body: await core.call("reach", { who }) }),
		}),
		route({
			method: "get",
			path: "/api/reach/phrases",
			policy: { action: "read" },
			summary: "Names of the spoken phrases that the operator has replaced",
			handle: async () => ({ body: { phrases: await replaced(folder) } }),
		}),
		route({
			method: "get",
			path: "/api/reach/phrases/:name",
			policy: { action: "read" },
			summary: "One replaced phrase as Ogg Opus",
			handle: async ({ params }) => {
				const name = params.name ?? "";
				if (!(await replaced(folder)).includes(name)) return problem("not-found", "this phrase is not replaced");
				const body = await readFile(join(folder, `${name}.ogg`));
				if (body.length > PHRASE_MAX_BYTES) return problem("too-large", "a phrase has at most 256 KB");
				return { body, type: "audio/ogg" };
			},
		}),
	];
}

/** Most folders have none. */
async function replaced(folder: string): Promise<string[]> {
	let files: string[];
	try {
		files = await readdir(folder);
	} catch {
		return [];
	}
	const names = files.filter((file) => file.endsWith(".ogg")).map((file) => file.slice(0, -".ogg".length));
	return names.filter((name) => PHRASE.test(name)).sort();
}
