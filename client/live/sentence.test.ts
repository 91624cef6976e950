import fc from "fast-check";
import { expect, test } from "vitest";
import { wall } from "../text/wall.ts";
import { type SentenceFacts, sentenceOf, type WorstAlarm, widthOf } from "./sentence.ts";

const words = wall.zh.sentence;

const calm: SentenceFacts = {
	link: "live",
	cause: "network",
	heardAt: "20:14",
	isRefused: false,
	isLoaded: true,
	assets: 3_012,
	channels: 12_004,
	spoken: 12_004,
	silent: 0,
	silentCity: null,
	open: [0, 0, 0, 0, 0],
	worst: null,
	service: { name: "供热", stations: 2_314, percent: 99.2 },
};

const burst: WorstAlarm = {
	severity: 3,
	place: "辽阳 白塔",
	city: "辽阳",
	what: "一次网失压",
	stations: 23,
	households: 19_200,
	acknowledged: false,
	minutes: 3,
};

function alarmed(worst: WorstAlarm, more: Partial<SentenceFacts> = {}): SentenceFacts {
	const open = [0, 4, 2, 1, 0];
	open[worst.severity] = Math.max(1, open[worst.severity] ?? 0);
	return { ...calm, worst, open, ...more };
}

const silent = { silent: 38, silentCity: { name: "沈阳", silent: 38, channels: 3_400 } };
const few = { silent: 2, silentCity: { name: "本溪", silent: 2, channels: 700 } };

const table: readonly (readonly [string, Partial<SentenceFacts>, string])[] = [
	["calm, with a number", {}, "全省平稳 · 供热 2,314 站在线 99.2 %"],
	["minor alarms are not calm", { open: [0, 12, 0, 0, 0] }, "12 项一般报警 · 供热 2,314 站在线 99.2 %"],
	["little silence is not calm", few, "本溪 2 路数据中断 · 供热在线 99.2 %"],
	["much silence", silent, "沈阳 38 路数据中断 · 供热在线 99.2 %"],
	["worst first: orange before silence", alarmed(burst, silent), "1 处严重：辽阳 白塔 一次网失压，影响 23 站"],
	[
		"silence before yellow when it is much",
		alarmed({ ...burst, severity: 2 }, { ...silent, open: [0, 4, 2, 0, 0] }),
		"沈阳 38 路数据中断 · 供热在线 99.2 %",
	],
	[
		"yellow before little silence",
		alarmed({ ...burst, severity: 2, stations: 0, households: 0 }, few),
		"2 处较重：辽阳 白塔 一次网失压，3 分钟未确认",
	],
	[
		"households where no station is counted",
		alarmed({ ...burst, stations: 0 }),
		"1 处严重：辽阳 一次网失压，涉及 1.9 万户",
	],
	[
		"the county goes before what hangs on it",
		alarmed({ ...burst, severity: 4 }),
		"1 处特别严重：辽阳 一次网失压，影响 23 站",
	],
	[
		"acknowledged",
		alarmed({ ...burst, stations: 0, households: 0, acknowledged: true }),
		"1 处严重：辽阳 白塔 一次网失压，已确认",
	],
	[
		"just raised",
		alarmed({ ...burst, stations: 0, households: 0, minutes: 0 }),
		"1 处严重：辽阳 白塔 一次网失压，待确认",
	],
	["link lost", { link: "lost" }, "链路中断 · 20:14 起数据未更新"],
	["core lost", { link: "lost", cause: "core" }, "数据核心无应答 · 20:14 起未更新"],
	["never any link", { link: "lost", heardAt: null }, "尚未连上服务器 · 0 路数据"],
	["connecting", { link: "connecting", isLoaded: false, spoken: 0 }, "正在连接 · 已收到 0 路数据"],
	["refused", { isRefused: true, isLoaded: false }, "需要登录 · 0 处设施可见"],
	["an empty folder", { assets: 0, channels: 0, spoken: 0 }, "尚未接入设施 · 0 路数据"],
	["still coming in", { spoken: 812 }, "数据接入中 · 812 / 12,004 路"],
];

test.each(table)("%s", (_, change, text) => {
	expect(sentenceOf({ ...calm, ...change }, words).text).toBe(text);
});

const anyWorst = fc.option(
	fc.record<WorstAlarm>({
		severity: fc.constantFrom(2, 3, 4),
		place: fc.constantFrom("沈阳 于洪", "朝阳 喀喇沁左翼蒙古族自治县", "葫芦岛 连山"),
		city: fc.constantFrom("沈阳", "葫芦岛"),
		what: fc.string({ unit: fc.constantFrom("网", "失", "压", "A", "1"), minLength: 1, maxLength: 30, size: "max" }),
		stations: fc.nat(3_000),
		households: fc.nat(2_000_000),
		acknowledged: fc.boolean(),
		minutes: fc.nat(100_000),
	}),
	{ nil: null },
);
const anyFacts = fc.record<SentenceFacts>({
	link: fc.constantFrom("connecting", "live", "late", "lost"),
	cause: fc.constantFrom("network", "core"),
	heardAt: fc.option(fc.constant("20:14"), { nil: null }),
	isRefused: fc.boolean(),
	isLoaded: fc.boolean(),
	assets: fc.nat(60_000),
	channels: fc.nat(200_000),
	spoken: fc.nat(200_000),
	silent: fc.nat(200_000),
	silentCity: fc.option(
		fc.record({ name: fc.constantFrom("沈阳", "葫芦岛"), silent: fc.nat(50_000), channels: fc.nat(50_000) }),
		{ nil: null },
	),
	open: fc.array(fc.nat(9_999), { minLength: 5, maxLength: 5 }),
	worst: anyWorst,
	service: fc.record({
		name: fc.constantFrom("供热", "扬尘"),
		stations: fc.nat(99_999),
		percent: fc.double({ min: 0, max: 100, noNaN: true }),
	}),
});

test("never longer than 22 characters, never empty, always with a number when the link stands", () => {
	fc.assert(
		fc.property(anyFacts, (facts) => {
			const { text } = sentenceOf(facts, words);
			expect(widthOf(text)).toBeLessThanOrEqual(22);
			expect(text).toMatch(/\d/);
		}),
		{ numRuns: 2_000 },
	);
});

test("never calm while something is silent, lost, refused, not here yet or in alarm", () => {
	fc.assert(
		fc.property(anyFacts, (facts) => {
			const { text, isCalm } = sentenceOf(facts, words);
			expect(text.includes("平稳")).toBe(isCalm);
			if (!isCalm) return;
			expect(facts.silent).toBe(0);
			expect(["live", "late"]).toContain(facts.link);
			expect(facts.isLoaded && !facts.isRefused && facts.assets > 0).toBe(true);
			expect(facts.spoken).toBeGreaterThanOrEqual(facts.channels * 0.9);
			expect(facts.worst).toBeNull();
			expect(facts.open.slice(1)).toEqual([0, 0, 0, 0]);
		}),
		{ numRuns: 2_000 },
	);
});

test("worst first: an orange or red is named before anything but a lost link", () => {
	fc.assert(
		fc.property(anyFacts, (facts) => {
			fc.pre(facts.worst !== null && facts.worst.severity >= 3 && facts.assets > 0);
			fc.pre(facts.link === "live" && facts.isLoaded && !facts.isRefused);
			expect(sentenceOf(facts, words).tone).toBe(facts.worst?.severity);
		}),
		{ numRuns: 1_000 },
	);
});

test("English has the same sentences within its own measure", () => {
	fc.assert(
		fc.property(anyFacts, (facts) => {
			const { text, isCalm } = sentenceOf(facts, wall.en.sentence, "en");
			expect(widthOf(text)).toBeLessThanOrEqual(40);
			expect(text.includes("calm")).toBe(isCalm);
		}),
	);
});
