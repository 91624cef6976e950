// The watchdog of the chain: every 30 s a made-up reading for each city goes through pipeline, judge and alarm (the same classes
// over a table of their own), the recorder and the store, the bus, web, a screen's alarm lane and back as a receipt of a page. It
// takes no number of the alarm log, stands in no list and makes no sound. When a whole pass is missing for too long, that is an
// alarm, and it is told outside without asking the store.
import type { Change } from "#model/alarm.ts";
import type { AssetRecord, System } from "#model/catalogue.ts";
import { limit, measure, source, text } from "#model/define.ts";
import { Latest } from "#model/latest.ts";
import { type SelfTestStage, type SelfTestView, selfTestStages } from "#model/reach_view.ts";
import { subjectOf } from "#model/subject.ts";
import type { Clock } from "../clock.ts";
import type { Store } from "../store/store.ts";
import { Alarms } from "./alarms.ts";
import { Catalogue } from "./catalogue.ts";
import { Derived } from "./derive.ts";
import type { Desks } from "./desks.ts";
import { Judge } from "./judge.ts";
import { Pipeline } from "./pipeline.ts";
import type { Recorder } from "./recorder.ts";
import { Sources } from "./sources.ts";

export const SELF_TEST_MS = 30_000;
/** No whole pass for this long: two passes were lost, and the third is late. Noticed within 90 s of any break. */
export const SELF_TEST_FAILED_MS = 75_000;
/** Web is started after core, sometimes after the page was built. */
const WEB_WITHIN_MS = 300_000;
/** Told outside again while it lasts. */
const AGAIN_MS = 600_000;
const SUBJECT = subjectOf("system", "self-test");
const RULE = "self-test-failed";
const MEASURE = "pulse";
/** Web's own answer, beside those of pages. */
const WEB = "web";

const STAGE_WORDS: Readonly<Record<SelfTestStage, string>> = {
	begun: "读数与研判",
	judged: "存储",
	stored: "推送到页面服务",
	told: "页面回执",
	page: "",
};

const SYSTEM: System = {
	id: "selfTest",
	name: text("自检", "Self-test"),
	policy: [],
	order: 0,
	kinds: [
		{
			id: "selfTest",
			name: text("自检点", "Self-test"),
			primary: MEASURE,
			measures: [measure(MEASURE, ["脉冲", "Pulse"], "", [0, 1], { scale: 0, decimals: 0, contract: "event" })],
			limits: [
				limit("self-test", {
					measure: MEASURE,
					levels: { red: 1 },
					deadband: 0,
					source: source("自检", "脉冲为 1 即报警", "E"),
				}),
			],
			fields: [],
			symbol: { icon: "检", radius: 1 },
			geometry: "point",
		},
	],
};

export interface SelfTestParts {
	readonly clock: Clock;
	/** The real alarms: where a broken chain is raised. */
	readonly alarms: Pick<Alarms, "set">;
	readonly recorder: Pick<Recorder, "edit">;
	readonly store: Pick<Store, "readings" | "state">;
	readonly followers: { selfTest(n: number): number };
	readonly desks: Pick<Desks, "present" | "isDesk">;
	/** City codes; each has a reading of its own. */
	readonly districts: readonly string[];
	/** Straight to the outside channels. */
	announce(title: string, text: string): void;
}

export class SelfTest {
	private readonly parts: SelfTestParts;
	private readonly pipeline: Pipeline;
	private readonly assets: readonly string[];
	private readonly raised = new Set<string>();
	private n = 0;
	private stage: SelfTestStage = "begun";
	private begunAt = Number.NEGATIVE_INFINITY;
	private readonly openedAt: number;
	private passedAt: number | null = null;
	private withPage = false;
	private hasWeb = false;
	/** Since when a desk has been there without a break. */
	private deskSince: number | null = null;
	private failingSince: number | null = null;
	private announcedAt = Number.NEGATIVE_INFINITY;

	constructor(parts: SelfTestParts) {
		this.parts = parts;
		this.openedAt = parts.clock.now();
		const catalogue = new Catalogue([SYSTEM]);
		const records = parts.districts.map(recordOf);
		catalogue.load({ assets: records, channels: [], rules: [] });
		this.assets = records.map(({ id }) => id);
		const latest = new Latest(1, catalogue.cells);
		const alarms = new Alarms(catalogue, () => ({ change: (change) => this.judged(change) }));
		const judge = new Judge(catalogue, latest, alarms, { judgedState: () => undefined });
		for (const asset of catalogue.assets.values()) judge.compile(asset);
		this.pipeline = new Pipeline({
			catalogue,
			latest,
			judge,
			derived: new Derived(catalogue, latest),
			// Nothing of it is a fact: only that it came this far is stored.
			recorder: { reading: () => undefined, settled: async () => undefined, holds: () => false },
			sources: new Sources(),
			clock: parts.clock,
			store: parts.store,
		});
	}

	get view(): SelfTestView {
		return {
			passedAt: this.passedAt,
			stage: this.stage,
			failing: this.failingSince !== null,
			withPage: this.withPage,
		};
	}

	/** A whole pass was made a moment ago. */
	isWhole(now: number): boolean {
		return this.passedAt !== null && this.failingSince === null && now - this.passedAt < SELF_TEST_FAILED_MS;
	}

	/** Once a second. */
	tick(now: number): void {
		this.deskSince = this.parts.desks.present(now).length === 0 ? null : (this.deskSince ?? now);
		if (now - this.begunAt >= SELF_TEST_MS) this.begin(now);
		const quietMs = now - (this.passedAt ?? this.openedAt);
		if (quietMs >= SELF_TEST_FAILED_MS) this.fail(now, quietMs);
	}

	/** It came back from a screen, or from web itself. */
	answered(n: number, screen: string): void {
		if (n !== this.n || selfTestStages.indexOf(this.stage) < selfTestStages.indexOf("stored")) return;
		if (screen === WEB) this.reached("told");
		// A page can only have it from web: its answer stands for both, should web's own be late. A viewer's word does not count.
		else if (this.parts.desks.isDesk(screen)) this.reached("page");
	}

	private begin(now: number): void {
		this.n += 1;
		this.begunAt = now;
		this.stage = "begun";
		this.raised.clear();
		const quality = "good" as const;
		for (const asset of this.assets) {
			const reading = { asset, measure: MEASURE, quality };
			const both = [
				{ ...reading, at: now - 1, value: 0 },
				{ ...reading, at: now, value: 1 },
			];
			this.pipeline.accept(both, "self-test");
		}
		if (this.assets.some((asset) => !this.raised.has(asset))) return;
		this.reached("judged");
		const { n } = this;
		const value = JSON.stringify({ n, at: now });
		this.parts.recorder.edit([{ type: "setting.put", name: "selfTest", value }], []).then(
			() => this.stored(n),
			// The store is down: an alarm of its own, and this pass stays where it is.
			() => undefined,
		);
	}

	private judged({ kind, alarm }: Change): void {
		if (kind === "raised" && alarm.asset !== null) this.raised.add(alarm.asset);
	}

	private stored(n: number): void {
		if (n !== this.n) return;
		// Web's answer comes in a later turn; whether there is a web decides how far this pass must come.
		if (this.parts.followers.selfTest(n) > 0) this.hasWeb = true;
		this.reached("stored");
	}

	private reached(stage: SelfTestStage): void {
		if (selfTestStages.indexOf(stage) > selfTestStages.indexOf(this.stage)) this.stage = stage;
		const now = this.parts.clock.now();
		if (selfTestStages.indexOf(this.stage) < selfTestStages.indexOf(this.needed(now))) return;
		this.passedAt = now;
		this.withPage = this.stage === "page";
		if (this.failingSince === null) return;
		const why = `报警链路自检已恢复，中断 ${Math.round((now - this.failingSince) / 1_000)} 秒`;
		this.failingSince = null;
		this.tell(0, now, why, 0);
		this.parts.announce("【恢复】瞭望报警链路自检", why);
	}

	/** How far a pass must come now. A desk that came a moment ago may not have heard the last one. */
	private needed(now: number): SelfTestStage {
		const isManned = this.deskSince !== null && now - this.deskSince >= SELF_TEST_MS;
		if (isManned) return "page";
		return this.hasWeb || now - this.openedAt >= WEB_WITHIN_MS ? "told" : "stored";
	}

	private fail(now: number, quietMs: number): void {
		const missing = this.assets.filter((asset) => !this.raised.has(asset));
		const where = this.stage === "begun" && missing.length < this.assets.length ? `（${missing.join("、")}）` : "";
		const why = `报警链路自检中断于“${STAGE_WORDS[this.stage]}”${where}，已 ${Math.round(quietMs / 1_000)} 秒未走通`;
		this.failingSince ??= now;
		if (now - this.announcedAt >= AGAIN_MS) {
			this.announcedAt = now;
			this.parts.announce("【红色报警】瞭望报警链路自检失败", why);
		}
		this.tell(4, now, why, quietMs / 1_000);
	}

	private tell(severity: 0 | 4, at: number, why: string, seconds: number): void {
		const facts = { at, value: Math.round(seconds), limit: SELF_TEST_FAILED_MS / 1_000, clause: null };
		this.parts.alarms.set(SUBJECT, RULE, { severity, ...facts, why, unverified: false });
	}
}

function recordOf(district: string): AssetRecord {
	return { id: `self-test-${district}`, name: `自检 ${district}`, kind: "selfTest", district, lon: 123, lat: 41 };
}
