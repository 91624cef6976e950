import { expect, test } from "vitest";
import { problem } from "#model/problem.ts";
import { OwnStates } from "./own_states.ts";
import { assetStatus, type RowStates, STALE } from "./status.ts";

const columns = { firstRow: [2], rowCount: [2], rowPeriodic: Uint8Array.of(0, 0, 1, 1) } as unknown as Parameters<
	typeof assetStatus
>[1];

/** An asset of rows 2 and 3, as the server tells it. */
const told = (severity: number, quality: string) => ({
	features: [
		{
			properties: {
				channels: [
					{ row: 2, severity, quality },
					{ row: 3, severity: 0, quality: "good" },
				],
			},
		},
	],
});

function page() {
	const asked: ((body: unknown) => void)[] = [];
	const shown: (RowStates | null)[] = [];
	let now = 0;
	const own = new OwnStates({
		ask: () => new Promise((answer) => asked.push(answer)),
		elapsed: () => now,
		show: (states) => shown.push(states),
	});
	const answer = async (body: unknown): Promise<void> => {
		asked.shift()?.(body);
		await new Promise((done) => setImmediate(done));
	};
	const status = () =>
		assetStatus(shown.at(-1) ?? { severity: new Uint8Array(), quality: new Uint8Array() }, columns, 0);
	return { own, asked, shown, answer, status, pass: (ms: number) => (now += ms) };
}

test("who gets the table's rows asks nothing", () => {
	const { own, asked, shown } = page();
	own.greeted(true);
	own.want();
	own.tick();
	expect([asked.length, shown]).toEqual([0, [null]]);
});

test("own sites are red on the map when they are, good when they are, and hollow only when they are silent", async () => {
	const { own, asked, answer, status, pass } = page();
	own.greeted(false);
	await answer(told(4, "good"));
	expect(status()).toBe(4);
	// An alarm has moved: asked at once, and within the next second once however many moved.
	pass(1_000);
	own.want();
	own.want();
	await answer(told(0, "good"));
	expect([status(), asked.length]).toEqual([0, 0]);
	own.want();
	own.tick();
	expect(asked.length).toBe(0);
	pass(1_000);
	own.tick();
	await answer(told(0, "stale"));
	expect([status(), asked.length]).toEqual([STALE, 0]);
	pass(9_000);
	own.tick();
	expect(asked.length).toBe(0);
	pass(1_000);
	own.tick();
	expect(asked.length).toBe(1);
});

test("a question without an answer leaves what was known; one of an earlier greeting is not heard", async () => {
	const { own, answer, status, shown, pass } = page();
	own.greeted(false);
	await answer(told(3, "good"));
	pass(1_000);
	own.want();
	await answer(problem("offline"));
	expect(status()).toBe(3);
	pass(1_000);
	own.want();
	own.greeted(true);
	await answer(told(4, "good"));
	expect(shown.at(-1)).toBeNull();
});
