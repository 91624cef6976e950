// Each scenario through the real judge: which alarms rise, in which order, at which level, and that all of it ends in calm.
import { expect, test } from "vitest";
import { frontAt } from "../../server/simulate/scenarios/gale.ts";
import { type Raised, rehearse } from "../support/rehearsal.ts";

const first = (raised: readonly Raised[], rule: string, kind?: string): number =>
	raised.find((one) => one.rule === rule && (kind === undefined || one.kind === kind))?.s ?? Number.POSITIVE_INFINITY;
const worst = (raised: readonly Raised[]): number => Math.max(0, ...raised.map(({ severity }) => severity));

/** As on a fresh folder: devices have spoken for 100 s when it begins. */
const FIRST_RUN = { beforeMs: 100_000, afterMs: 0 };

test.each([
	["winter", "heat-burst"],
	["spring", "gale"],
	["summer", "storm"],
	["autumn", "water-burst"],
] as const)(
	"on a first run in %s, %s has an alarm of level III or worse within 75 s of its begin",
	async (season, id) => {
		const { raised } = await rehearse(season, id, FIRST_RUN);
		const [serious] = raised.filter(({ severity }) => severity >= 2);
		expect(serious?.s).toBeLessThan(75);
		expect(worst(raised)).toBeGreaterThanOrEqual(3);
	},
);

test("a heat main bursts: it is first, its neighbours follow, orange; no station warms an alarm that is not there", async () => {
	const { raised, lead, actors, left } = await rehearse("winter", "heat-burst");
	const falls = raised.filter(({ rule }) => rule === "pressure-fall");
	expect(raised[0]).toMatchObject({ asset: lead.record.id, rule: "pressure-fall", severity: 3 });
	expect(falls.length).toBeGreaterThanOrEqual(3);
	// The main that feeds it and one that it feeds are among them.
	const feeds = actors
		.filter(({ record }) => record.fields?.upstream === lead.record.id)
		.map(({ record }) => record.id);
	const fell = new Set(falls.map(({ asset }) => asset));
	expect(fell.has(String(lead.record.fields?.upstream))).toBe(true);
	expect(feeds.some((id) => fell.has(id))).toBe(true);
	expect(raised.find(({ rule, asset }) => rule === "pressure-low" && asset === lead.record.id)?.severity).toBe(3);
	expect(falls.every(({ s }) => s < 90)).toBe(true);
	// Supply below 40 °C for half an hour it is not: rooms and stations raise nothing in twelve minutes.
	expect(raised.filter(({ kind }) => kind === "heatStation" || kind === "heatRoom")).toEqual([]);
	expect(left).toEqual([]);
});

test("a squall line: gusts climb from level to level on the first crane, to red; dust comes after wind", async () => {
	const { raised, lead, actors } = await rehearse("spring", "gale");
	const ladder = raised.filter(({ asset }) => asset === lead.record.id).map(({ severity }) => severity);
	expect(ladder).toEqual([...ladder].sort((a, b) => a - b));
	// Cranes of one site stand in the front within seconds of each other.
	const foremost = actors.filter((actor) => actor.kind === "crane" && frontAt(lead, actor) < frontAt(lead, lead) + 12);
	expect(raised[0]?.rule).toBe("wind-level");
	expect(foremost.map(({ record }) => record.id)).toContain(raised[0]?.asset);
	expect(worst(raised)).toBe(4);
	const dust = first(raised, "tsp-level", "dust");
	expect(dust).toBeLessThan(480);
	expect(dust).toBeGreaterThan(first(raised, "wind-level", "crane"));
	expect(raised.find(({ rule }) => rule === "tsp-level")?.severity).toBeGreaterThanOrEqual(2);
});

test("a cloudburst: the pump trips, the cover lifts, the underpass closes red at 25 cm, in the order of the water", async () => {
	const { raised, lead, left } = await rehearse("summer", "storm");
	expect(raised[0]).toMatchObject({ rule: "pump-fault", kind: "drainPump", severity: 3 });
	const notice = raised.find(({ asset, rule }) => asset === lead.record.id && rule === "depth-notice");
	const closed = raised.find(({ asset, rule }) => asset === lead.record.id && rule === "depth-close");
	expect([notice?.severity, closed?.severity]).toEqual([1, 4]);
	expect(notice?.s ?? 0).toBeLessThan(closed?.s ?? 0);
	expect(closed?.s).toBeLessThan(300);
	expect(raised.find(({ rule }) => rule === "cover-open")?.severity).toBe(3);
	expect(left).toEqual([]);
});

test("a water main bursts: the fall is first at the hole, then next door; then the pressure is too low to serve", async () => {
	const { raised, lead, left } = await rehearse("autumn", "water-burst");
	expect(raised[0]).toMatchObject({ asset: lead.record.id, rule: "pressure-fall", severity: 3 });
	const falls = raised.filter(({ rule, kind }) => rule === "pressure-fall" && kind === "waterMain");
	expect(new Set(falls.map(({ asset }) => asset)).size).toBeGreaterThanOrEqual(3);
	expect(first(raised, "pressure-low")).toBeGreaterThan(falls[0]?.s ?? 0);
	expect(left).toEqual([]);
});

test("gas in a covered space: watch, leak at 20 % LEL, danger at 50 % LEL, one after the other; the cover next door later", async () => {
	const { raised, lead, left } = await rehearse("autumn", "gas-leak");
	const own = raised.filter(({ asset }) => asset === lead.record.id);
	expect(own.map(({ rule }) => rule)).toEqual(["methane-watch", "methane-leak", "methane-danger"]);
	expect(own.map(({ severity }) => severity)).toEqual([2, 3, 4]);
	const cover = raised.find(({ kind }) => kind === "manhole");
	expect(cover?.s ?? 0).toBeGreaterThan(own[1]?.s ?? 0);
	expect(left).toEqual([]);
});

test("twenty times faster the same alarms come from the same main", async () => {
	const { raised, lead, left } = await rehearse("winter", "heat-burst", { speed: 20 });
	expect(raised[0]).toMatchObject({ asset: lead.record.id, severity: 3 });
	expect(raised.some(({ rule, asset }) => rule === "pressure-low" && asset === lead.record.id)).toBe(true);
	expect(left).toEqual([]);
});
