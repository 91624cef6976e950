// The file that tells the simulator which devices it plays: doors, addresses and keys, written by the server when it fills an empty
// folder with the demo. Read once at the start.
import { readFile } from "node:fs/promises";
import { z } from "zod";
import { doorNames } from "#model/catalogue.ts";
import { isProblem, type Problem, problem } from "#model/problem.ts";

const fileSchema = z.object({
	http: z.string().optional(),
	mqtt: z.string().optional(),
	hj212: z.string().optional(),
	devices: z.array(
		z.object({
			door: z.enum(doorNames),
			address: z.string().min(1),
			key: z.string().min(1),
			assets: z.array(z.string().min(1)).min(1),
		}),
	),
});
export type DevicesFile = z.infer<typeof fileSchema>;
export type Device = DevicesFile["devices"][number];

/** @returns null when there is no such file. */
export async function readDevices(path: string): Promise<DevicesFile | Problem | null> {
	let text: string;
	try {
		text = await readFile(path, "utf8");
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
		return problem("unreadable", error instanceof Error ? error.message : String(error), path);
	}
	const parsed = parseDevices(text);
	return isProblem(parsed) ? { ...parsed, where: path } : parsed;
}

export function parseDevices(text: string): DevicesFile | Problem {
	let raw: unknown;
	try {
		raw = JSON.parse(text);
	} catch (error) {
		return problem("bad-json", error instanceof Error ? error.message : "not JSON");
	}
	const read = fileSchema.safeParse(raw);
	return read.success ? read.data : problem("bad-devices", z.prettifyError(read.error));
}
