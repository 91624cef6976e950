// npm run follow: the stream as lines, from a real server, in words and as JSON.
import { spawn } from "node:child_process";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemClock } from "../../server/clock.ts";
import { Province, someAssets } from "../support/province.ts";
import type { TestWeb } from "../support/web.ts";
import { openWeb } from "../support/web.ts";

let web: TestWeb;

beforeAll(async () => {
	web = await openWeb({ province: new Province({ clock: systemClock, assets: someAssets(2) }) });
});
afterAll(() => web.close());

/** Runs the tool until `wanted` stands in what it printed. */
async function printed(args: readonly string[], wanted: RegExp, act: () => void = () => undefined): Promise<string> {
	const child = spawn(process.execPath, ["server/tools/follow.ts", ...args], { stdio: ["ignore", "pipe", "pipe"] });
	let text = "";
	try {
		await new Promise<void>((resolve, reject) => {
			let acted = false;
			const hear = (chunk: Buffer): void => {
				text += chunk.toString();
				if (!acted && text.includes("open as of")) {
					acted = true;
					act();
				}
				if (wanted.test(text)) resolve();
			};
			child.stdout.on("data", hear);
			child.stderr.on("data", hear);
			child.on("exit", () => (wanted.test(text) ? resolve() : reject(new Error(text))));
		});
	} finally {
		child.kill();
	}
	return text;
}

test("a changed row and an alarm are one line each, with names, units and civil time", async () => {
	const { province } = web;
	const text = await printed(
		[web.url, "--district", "2101"],
		/(?=[\s\S]*rain 1\.5 mm good 2)(?=[\s\S]*! #1 raised)/,
		() => {
			const asset = province.catalogue.assets.get("gauge-210102-1")!;
			province.latest.write(asset.firstRow, 15, Date.UTC(2026, 0, 1, 4, 0, 0), 1, 2);
			province.followers.tick();
			const condition = {
				type: "condition",
				severity: 2,
				at: 1,
				value: 1,
				limit: 1,
				clause: null,
				why: "t",
				unverified: false,
			} as const;
			province.alarm("gauge-210102-1", condition);
		},
	);
	expect(text).toContain("12:00:00 gauge-210102-1 rain 1.5 mm good 2");
	expect(text).not.toContain("210202");
});

test("--json prints every message as it is", async () => {
	const text = await printed([web.url, "--json"], /\["delta",/);
	const messages = text
		.trim()
		.split("\n")
		.map((line) => JSON.parse(line) as [string, any]);
	expect(messages.map(([event]) => event).slice(0, 3)).toEqual(["hello", "alarms", "delta"]);
	expect(messages[2]![1]).toMatchObject({ epoch: 7, from: 0 });
});

test("without an address it says how it is used", async () => {
	expect(await printed([], /npm run follow -- URL/)).toContain("--district");
});
