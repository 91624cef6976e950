// Storm to story through the real judge: a heat main bursts, a gas alarm elsewhere has nothing to do with it.
import { expect, test } from "vitest";
import type { Incident } from "#model/incident.ts";
import type { Entry, LogLine } from "#model/register.ts";
import { CauseWatch } from "../../server/live/causes.ts";
import { rehearse } from "../support/rehearsal.ts";
import { until } from "../support/until.ts";

test("M5 W25: the burst of a heat main is one incident with the main as its root; the gas red in the middle of it stands alone", async () => {
	const gas = { id: "gas-aside", name: "另一处甲烷", kind: "gasSpace", district: "210106", lon: 123.2, lat: 41.85 };
	const weather = { id: "sky", name: "气象站", kind: "weatherStation", district: "210113", lon: 123.4, lat: 41.9 };
	let incidents: readonly Entry<Incident>[] = [];
	let lines: readonly LogLine[] = [];
	let gasGroup: unknown = "not asked";
	let gasRed = 0;
	let root: string | null = null;
	let rootAt = 0;
	const warned: string[] = [];
	const { lead, raised } = await rehearse("winter", "heat-burst", {
		afterMs: 0,
		aside: [gas, weather],
		watch: (heart, clock) => {
			const watch = new CauseWatch({ ...heart, placeName: () => "沈阳市", warn: (text) => warned.push(text) });
			return (s) => {
				if (s < 0) return undefined;
				// One sample in 10 s: two of three at 50 %LEL are a red.
				if (s >= 60 && s % 10 === 0)
					heart.pipeline.accept(
						[{ asset: gas.id, measure: "methane", at: clock.now(), value: 63, quality: "good" }],
						"http/aside",
					);
				if (s % 60 === 0)
					heart.pipeline.accept(
						[{ asset: weather.id, measure: "temperature", at: clock.now(), value: -18, quality: "good" }],
						"http/aside",
					);
				if (s % 5 !== 0) return undefined;
				return until("what was heard is stored", () => !heart.recorder.isBusy).then(async () => {
					await watch.look();
					incidents = heart.register.all<Incident>("incident");
					const rootAlarm = incidents.find(({ body }) => body.type === "heat")?.body.rootAlarm;
					const alarm = rootAlarm == null ? null : heart.alarms.get(rootAlarm);
					root = alarm?.asset ?? root;
					rootAt = alarm?.raisedAt ?? rootAt;
					const red = heart.alarms.open().find(({ asset, rule }) => asset === gas.id && rule === "methane-danger");
					gasRed = Math.max(gasRed, red?.severity ?? 0);
					if (red !== undefined)
						gasGroup = watch.causes.groupOf(red.id)?.members.map(({ alarm }) => alarm.asset) ?? null;
					if (s === 700) lines = await heart.store.lines("incident:i1", 0, 100);
				});
			};
		},
	});
	expect(warned).toEqual([]);
	expect(gasRed).toBe(4);
	// Its own three rules at most; nothing of the burst.
	expect(new Set(gasGroup === null ? [gas.id] : (gasGroup as string[]))).toEqual(new Set([gas.id]));
	const heat = incidents.filter(({ body }) => body.type === "heat");
	expect(heat.length).toBe(1);
	const [entry] = heat;
	expect(root).toBe(lead.record.id);
	expect(entry).toMatchObject({ district: lead.record.district, system: "heating", by: "system" });
	const incident = entry?.body;
	// Waited for its first neighbours, no longer.
	expect((incident?.openedAt ?? 0) - rootAt).toBeLessThanOrEqual(45_000);
	expect(incident?.title).toContain(lead.record.name);
	expect(incident).toMatchObject({ source: "alarm", state: "open", tier: "county", level: 1 });
	expect(incident?.no).toMatch(/^2101-20270115-001$/);
	// Everything below the main counts, whether it has an alarm of its own or not.
	expect(incident?.facts.households).toBeGreaterThanOrEqual(2_500);
	expect(incident?.facts.stations).toBeGreaterThanOrEqual(1);
	// No room speaks: 20 °C inside, -18 °C outside, 35 h.
	expect(incident?.facts.hoursToCold).toBeCloseTo(35 * Math.log(38 / 34), 1);
	expect(incident?.facts.outdoor).toBe(-18);
	expect(incident?.situation).toContain(lead.record.name);
	expect(incident?.joined).toBeGreaterThanOrEqual(raised.filter(({ rule }) => rule === "pressure-fall").length);
	expect(lines.map(({ kind }) => kind).slice(0, 2)).toEqual(["opened", "alarm.joined"]);
}, 60_000);

test.each([
	["spring", "gale", "weather"],
	["summer", "storm", "flood"],
	["autumn", "water-burst", "water"],
	["autumn", "gas-leak", "gas"],
] as const)(
	"M5 W25: in %s %s is one incident of its type, its root where it began",
	async (season, id, type) => {
		let incidents: readonly Incident[] = [];
		let root: string | null = null;
		const { lead, actors } = await rehearse(season, id, {
			afterMs: 0,
			watch: (heart) => {
				const watch = new CauseWatch({ ...heart, placeName: () => "某市", warn: (text) => expect(text).toBe("") });
				return (s) => {
					if (s < 0 || s % 20 !== 0) return undefined;
					return until("what was heard is stored", () => !heart.recorder.isBusy).then(async () => {
						await watch.look();
						incidents = heart.register.all<Incident>("incident").map(({ body }) => body);
						root = heart.alarms.get(incidents[0]?.rootAlarm ?? "")?.asset ?? root;
					});
				};
			},
		});
		expect(incidents.map((incident) => incident.type)).toEqual([type]);
		// Two cranes of one site stand in the front at the same time.
		const began = actors.find(({ record }) => record.id === root)?.record;
		expect(id === "gale" ? began?.site : began?.id).toBe(id === "gale" ? lead.record.site : lead.record.id);
	},
	60_000,
);
