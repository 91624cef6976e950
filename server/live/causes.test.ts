import { expect, test } from "vitest";
import type { AssetRecord } from "#model/catalogue.ts";
import type { Incident } from "#model/incident.ts";
import type { LogLine } from "#model/register.ts";
import { channelSubject } from "#model/subject.ts";
import { administrator, startHeart, type TestHeart } from "../../test/support/heart.ts";
import { until } from "../../test/support/until.ts";
import { loadSystems } from "../load_systems.ts";
import { CauseWatch } from "./causes.ts";

const MINUTE = 60_000;
const systems = await loadSystems();

const here = { district: "210102", lon: 123.4, lat: 41.8 };
const net: readonly AssetRecord[] = [
	{ id: "src", name: "一热源", kind: "heatSource", ...here },
	{ id: "m1", name: "一号干线", kind: "heatMain", ...here, fields: { upstream: "src", households: 9_000 } },
	{ id: "m2", name: "二号干线", kind: "heatMain", ...here, fields: { upstream: "m1" } },
	...[1, 2, 3, 4].map((n): AssetRecord => {
		const fields = { main: n < 3 ? "m1" : "m2", households: 100 * n, area: 9_000 * n };
		return { id: `s${n}`, name: `${n} 号换热站`, kind: "heatStation", ...here, fields };
	}),
	{ id: "sky", name: "气象站", kind: "weatherStation", ...here },
];

interface Scene {
	readonly it: TestHeart;
	readonly watch: CauseWatch;
	/** Raises or clears, and waits until it is on the disk and heard. */
	set(asset: string, rule: string, severity: 0 | 1 | 2 | 3 | 4): Promise<void>;
	/** Time passes; what the watch wants is done. */
	pass(ms: number): Promise<void>;
	incidents(): readonly Incident[];
	lines(): Promise<readonly LogLine[]>;
	/** Any other is a failure. */
	expectWarning(text: RegExp): void;
}

function sceneOf(it: TestHeart): Scene {
	const { heart, clock } = it;
	let allowed = /^$/;
	const watch = new CauseWatch({
		...heart,
		placeName: () => "和平区",
		warn: (text) => expect(text).toMatch(allowed),
	});
	return {
		it,
		watch,
		async set(asset, rule, severity) {
			const measure = asset.startsWith("s") ? "supplyTemp" : "pressureMean";
			heart.alarms.set(channelSubject(asset, measure), rule, {
				severity,
				at: clock.now(),
				value: 0.2,
				limit: 0.35,
				clause: null,
				why: "骤降",
				unverified: false,
			});
			await until("the alarm is stored", () => !heart.recorder.isBusy);
		},
		async pass(ms) {
			clock.advanceTo(clock.now() + ms);
			// A round that began on the way saw an earlier time; the next one sees this.
			await watch.look();
			await watch.look();
		},
		incidents: () => heart.register.all<Incident>("incident").map(({ body }) => body),
		expectWarning: (text) => {
			allowed = text;
		},
		lines: () => heart.store.lines("incident:i1", 0, 100),
	};
}

async function withScene(body: (scene: Scene) => Promise<TestHeart | undefined>): Promise<void> {
	let it = await startHeart({ systems });
	try {
		const answer = await it.heart.editor.putAssets(administrator, net, "test");
		if ("problem" in answer) throw new Error(answer.problem);
		it = (await body(sceneOf(it))) ?? it;
	} finally {
		await it.close();
	}
}

async function burst(scene: Scene): Promise<void> {
	await scene.set("m1", "pressure-fall", 3);
	await scene.set("m1", "pressure-low", 3);
	await scene.set("m2", "pressure-fall", 3);
}

test("M5 three alarms of one cause with a grave root are one incident after a wait, never a second; later ones join its log", () =>
	withScene(async (scene) => {
		await scene.set("m1", "pressure-fall", 3);
		await scene.set("m2", "pressure-fall", 3);
		await scene.pass(MINUTE);
		// Two are not yet a cause that needs an incident.
		expect(scene.incidents()).toEqual([]);
		await scene.set("m1", "pressure-low", 3);
		await scene.pass(MINUTE);
		expect(scene.incidents()).toMatchObject([
			{
				title: "一号干线 压力骤降",
				type: "heat",
				state: "open",
				source: "alarm",
				tier: "county",
				joined: 3,
				facts: { households: 1_000, stations: 4, area: 90_000, alarmsOpen: 3 },
			},
		]);
		expect(scene.incidents()[0]?.situation).toContain("同一原因报警 3 条（橙 3）");
		await scene.set("s3", "supply-low", 3);
		await scene.set("s4", "supply-low", 2);
		await scene.pass(MINUTE);
		await scene.pass(MINUTE);
		expect(scene.incidents()).toMatchObject([{ joined: 5, facts: { alarmsOpen: 5 } }]);
		const joined = (await scene.lines()).filter(({ kind }) => kind === "alarm.joined");
		expect(joined.map(({ detail, by }) => [detail.joined, by])).toEqual([
			[3, "system"],
			[2, "system"],
		]);
		// A person's own hand changes no alarm: each is acknowledged by itself.
		expect(scene.it.heart.alarms.open().every(({ acknowledged }) => !acknowledged)).toBe(true);
		return undefined;
	}));

test("M5 after a restart the incident goes on where it was: nothing joins twice, no second one opens", () =>
	withScene(async (scene) => {
		await burst(scene);
		await scene.pass(MINUTE);
		const before = await scene.lines();
		await scene.watch.stop();
		const next = sceneOf(await scene.it.restart());
		await next.pass(MINUTE);
		await next.pass(MINUTE);
		expect(next.incidents()).toMatchObject([{ joined: 3 }]);
		expect(await next.lines()).toEqual(before);
		await next.set("s1", "supply-low", 3);
		await next.pass(MINUTE);
		expect(next.incidents()).toMatchObject([{ joined: 4 }]);
		return next.it;
	}));

test("M5 an incident that was closed is not opened again by the alarms it had; as much again, later, is another", () =>
	withScene(async (scene) => {
		await burst(scene);
		await scene.pass(MINUTE);
		const close = { commandId: "command-1", id: "i1", result: "已关阀" };
		const { acts } = scene.it.heart;
		const answer = await acts.run({ who: administrator, name: "incident.close", body: close, source: "" });
		expect(answer).toMatchObject({ ok: true });
		await scene.pass(MINUTE);
		expect(scene.incidents()).toMatchObject([{ state: "closed" }]);
		for (const station of ["s1", "s2", "s3"]) await scene.set(station, "supply-low", 3);
		await scene.pass(MINUTE);
		expect(scene.incidents()).toMatchObject([{ state: "closed" }, { state: "open", no: "2101-20261122-002" }]);
		return undefined;
	}));

test("M12 facts follow what is measured, and leave alone what a person wrote", () =>
	withScene(async (scene) => {
		await burst(scene);
		await scene.pass(MINUTE);
		expect(scene.incidents()[0]?.facts).toMatchObject({ outdoor: null, hoursToCold: null });
		const { heart, clock } = scene.it;
		const patch = { facts: { households: 1_234 } };
		const edit = { commandId: "command-2", id: "i1", patch };
		await heart.acts.run({ who: administrator, name: "incident.edit", body: edit, source: "" });
		const measured = { asset: "sky", measure: "temperature", at: clock.now(), value: -20, quality: "good" } as const;
		await heart.pipeline.accept([measured], "http/sky").committed;
		await scene.pass(MINUTE);
		expect(scene.incidents()[0]?.facts).toMatchObject({
			outdoor: -20,
			hoursToCold: 3.7,
			households: 1_234,
			stations: 4,
		});
		// Nothing moved: nothing is written.
		const { revision } = heart.register;
		await heart.pipeline.accept([{ ...measured, at: clock.now() }], "http/sky").committed;
		await scene.pass(MINUTE);
		expect(heart.register.revision).toBe(revision);
		return undefined;
	}));

test("M5 alarms inside a maintenance window open nothing; what is old at the start opens nothing", () =>
	withScene(async (scene) => {
		const { heart, clock } = scene.it;
		const window = {
			name: "检修",
			reason: "年检",
			from: clock.now(),
			to: clock.now() + 60 * MINUTE,
			weekly: null,
			districts: ["210102"],
			systems: [],
			assets: [],
		};
		await heart.acts.run({
			who: administrator,
			name: "window.put",
			body: { commandId: "command-3", window },
			source: "",
		});
		await burst(scene);
		await scene.pass(MINUTE);
		expect(scene.watch.causes.groups()).toMatchObject([{ root: { suppressedBy: "检修" } }]);
		expect(scene.incidents()).toEqual([]);
		// The window ends an hour later: what began in it is not news.
		await scene.pass(120 * MINUTE);
		expect(scene.incidents()).toEqual([]);
		return undefined;
	}));

test("M5 however many causes there are at once, so many incidents open by themselves, the gravest first", () =>
	withScene(async (scene) => {
		const { heart, clock } = scene.it;
		const sites = Array.from({ length: 24 }, (_, n): AssetRecord => {
			return { id: `crane${n}`, name: `${n} 号塔吊`, kind: "crane", ...here, site: `工地 ${n}` };
		});
		await heart.editor.putAssets(administrator, sites, "test");
		for (const [n, { id }] of sites.entries())
			for (const rule of ["moment-level", "load-level", "tilt-level"]) {
				const facts = {
					severity: n === 23 ? 4 : 3,
					at: clock.now(),
					value: 1,
					limit: 1,
					clause: null,
					why: "",
				} as const;
				heart.alarms.set(channelSubject(id, "moment"), rule, { ...facts, unverified: false });
			}
		await until("the alarms are stored", () => !heart.recorder.isBusy);
		scene.expectWarning(/^4 groups of alarms wait/);
		await scene.pass(MINUTE);
		expect(scene.incidents().length).toBe(20);
		expect(scene.incidents()[0]).toMatchObject({ level: 2, type: "site", title: "23 号塔吊 力矩百分比异常" });
		return undefined;
	}));

test("M5 a gateway that is lost with what hangs on it is one incident of no trade, at the place of its devices", () =>
	withScene(async (scene) => {
		const { heart, clock } = scene.it;
		const readings = ["s1", "s2", "s3"].map((asset) => {
			return { asset, measure: "supplyTemp", at: clock.now(), value: 50, quality: "good" } as const;
		});
		await heart.pipeline.accept(readings, "mqtt/gateway-7").committed;
		for (const { asset } of readings) await scene.set(asset, "silent", 1);
		heart.alarms.set("device:mqtt/gateway-7", "gateway-silent", {
			severity: 3,
			at: clock.now(),
			value: 180,
			limit: 180,
			clause: null,
			why: "",
			unverified: false,
		});
		await until("the alarm is stored", () => !heart.recorder.isBusy);
		await scene.pass(30_000);
		expect(scene.incidents()).toMatchObject([
			{ type: "other", title: "mqtt/gateway-7 通信中断", place: { district: "210102" }, joined: 4 },
		]);
		expect(heart.register.find("incident", "i1")?.system).toBe("any");
		return undefined;
	}));

test("M5 an incident that a person opened from an alarm is the one of its cause: none opens beside it, later members join it", () =>
	withScene(async (scene) => {
		const { heart } = scene.it;
		await scene.set("m1", "pressure-fall", 3);
		const [root] = heart.alarms.open();
		if (root === undefined) throw new Error("no alarm");
		const place = { ...here, address: "太原街" };
		const body = {
			commandId: "command-4",
			type: "heat",
			title: "爆管",
			level: 2,
			place,
			rootAlarm: root.id,
			alarms: [root.id],
		};
		const answer = await heart.acts.run({ who: administrator, name: "incident.open", body, source: "" });
		expect(answer).toMatchObject({ ok: true });
		await burst(scene);
		await scene.pass(MINUTE);
		await scene.pass(MINUTE);
		expect(scene.incidents()).toMatchObject([{ title: "爆管", level: 2, joined: 3, facts: { stations: 4 } }]);
		return undefined;
	}));

test("M12 an incident opened from a lone alarm counts it while it is open, once however it is linked", () =>
	withScene(async (scene) => {
		const { heart } = scene.it;
		const of = (index: number): string => heart.alarms.open()[index]?.id ?? "";
		await scene.set("m1", "pressure-fall", 3);
		const place = { ...here, address: "太原街" };
		const body = { commandId: "command-5", type: "heat", title: "爆管", level: 2, place, rootAlarm: of(0) };
		const answer = await heart.acts.run({ who: administrator, name: "incident.open", body, source: "" });
		expect(answer).toMatchObject({ ok: true });
		await scene.pass(MINUTE);
		expect(scene.incidents()).toMatchObject([{ facts: { alarmsOpen: 1 } }]);
		// Now it is one of a group, and linked by hand beside.
		await burst(scene);
		const link = { commandId: "command-6", id: "i1", add: [of(0), of(1)] };
		await heart.acts.run({ who: administrator, name: "incident.link", body: link, source: "" });
		await scene.pass(MINUTE);
		await scene.pass(MINUTE);
		expect(scene.incidents()).toMatchObject([{ joined: 3, facts: { alarmsOpen: 3 } }]);
		return undefined;
	}));

test("M12 the worst methane of a leak stays in the incident when the air clears, through the alarm's own fall, until a person says otherwise", () =>
	withScene(async (scene) => {
		const { heart, clock } = scene.it;
		await heart.editor.putAssets(administrator, [{ id: "r1", name: "调压站", kind: "regulator", ...here }], "test");
		const measured = async (value: number): Promise<void> => {
			const reading = { asset: "r1", measure: "methane", at: clock.now(), value, quality: "good" } as const;
			await heart.pipeline.accept([reading], "http/r1").committed;
		};
		const facts = { at: clock.now(), value: 70, limit: 50, clause: null, why: "", unverified: false } as const;
		heart.alarms.set(channelSubject("r1", "methane"), "leak-level", { ...facts, severity: 4 });
		await until("the alarm is stored", () => !heart.recorder.isBusy);
		const [root] = heart.alarms.open();
		if (root === undefined) throw new Error("no alarm");
		// The whiff is over before a hand is on the telephone.
		await measured(0.6);
		const place = { ...here, address: "太原街" };
		const body = { commandId: "command-7", type: "gas", title: "泄漏", level: 2, place, rootAlarm: root.id };
		await heart.acts.run({ who: administrator, name: "incident.open", body, source: "" });
		await scene.pass(MINUTE);
		expect(scene.incidents()).toMatchObject([{ facts: { methane: 70, cordonM: 100 } }]);
		heart.alarms.set(channelSubject("r1", "methane"), "leak-level", { ...facts, severity: 0, value: 0.6 });
		await until("the alarm is stored", () => !heart.recorder.isBusy);
		await scene.pass(MINUTE);
		expect(scene.incidents()).toMatchObject([{ facts: { methane: 70, cordonM: 100 } }]);
		const edit = { commandId: "command-8", id: "i1", patch: { facts: { methane: 10 } } };
		await heart.acts.run({ who: administrator, name: "incident.edit", body: edit, source: "" });
		await scene.pass(MINUTE);
		expect(scene.incidents()).toMatchObject([{ facts: { methane: 10, cordonM: 30 } }]);
		return undefined;
	}));
