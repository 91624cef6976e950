// T-04: any sequence of conditions, commands of two officers who race, batches, repeats, shelves that end, windows, refused commits and
// crashes. The real alarms, commands and recorder over a disk that fails at every point; a reference model judges the log.
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Severity } from "#model/measure.ts";
import type { AlarmAction, BatchAnswer, CommandAnswer } from "#model/protocol.ts";
import type { Entry } from "#model/register.ts";
import { WHOLE_PROVINCE, type Who } from "#model/rights.ts";
import type { MaintenanceWindow } from "#model/window.ts";
import { ManualClock } from "../../server/clock.ts";
import { Alarms } from "../../server/live/alarms.ts";
import type { Catalogue } from "../../server/live/catalogue.ts";
import { Commands } from "../../server/live/commands.ts";
import { Recorder } from "../../server/live/recorder.ts";
import { Windows } from "../../server/live/windows.ts";
import { faultsOfLives } from "../support/alarm_reference.ts";
import { CrashDisk } from "../support/crash_disk.ts";
import { amount, patience } from "../support/tier.ts";

const SEQUENCES = amount("LIAOWANG_TEST_SEQUENCES", 20_000, 1_000_000);
const SEED = Number(process.env.LIAOWANG_TEST_SEED ?? 20_261_123);
const START = 1_795_305_600_000;
const ALARMS = 3;

const officers: readonly Who[] = ["li", "wang"].map((user) => ({ user, roles: ["lead"], scope: WHOLE_PROVINCE }));
const subjects = ["district:210102", "district:210202", "district:210302"];
const actions: readonly AlarmAction[] = ["shelve", "unshelve", "assign", "comment", "out-of-service"];

interface Sent {
	readonly who: Who;
	readonly commandId: string;
	/** null: a batch. */
	readonly action: AlarmAction | null;
	readonly body: object;
	readonly alarmId: string;
	/** Alarms that it names. */
	readonly alarms: readonly string[];
	readonly answers: (CommandAnswer | BatchAnswer)[];
	tries: number;
}

interface Life {
	readonly alarms: Alarms;
	readonly recorder: Recorder;
	readonly commands: Commands;
}

const turn = (): Promise<void> => new Promise((done) => setImmediate(done));

class Trial {
	readonly disk = new CrashDisk();
	readonly clock = new ManualClock(START);
	readonly sent: Sent[] = [];
	readonly faults: string[] = [];
	/** What each device says; it is said again after a crash. */
	private readonly truth: Severity[] = new Array<Severity>(ALARMS).fill(0);
	private windows: Entry<MaintenanceWindow>[] = [];
	private revision = 1;
	private life: Life;

	constructor() {
		this.life = this.born();
	}

	condition(k: number, severity: number): void {
		this.truth[k] = severity as Severity;
		this.say(k);
	}

	/** An officer acts on what the screens show: the last state that was told as stored, or an older one. */
	command(who: Who, k: number, action: AlarmAction, isStale: boolean): void {
		const alarmId = `a${k + 1}`;
		const alarm = this.disk.alarms.get(alarmId);
		if (alarm === undefined) return;
		const occurrence = Math.max(1, alarm.occurrence - (isStale ? 1 : 0));
		const commandId = `command-${this.sent.length}`;
		const more = { until: this.clock.now() + 10_000, to: who.user, note: "记录", on: !alarm.outOfService };
		const { until, to, note, on } = more;
		const base = { commandId, occurrence };
		const body =
			action === "shelve"
				? { ...base, note, until }
				: action === "assign"
					? { ...base, to }
					: action === "comment"
						? { ...base, note }
						: action === "out-of-service"
							? { ...base, note, on }
							: base;
		const tries = 0;
		this.post({ who, commandId, action, body, alarmId, alarms: [alarmId], answers: [], tries });
	}

	batch(who: Who): void {
		const alarms = [...this.disk.alarms.values()].map(({ id, occurrence }) => ({ id, occurrence }));
		if (alarms.length === 0) return;
		const commandId = `command-${this.sent.length}`;
		const body = { commandId, alarms };
		const ids = alarms.map(({ id }) => id);
		this.post({ who, commandId, action: null, body, alarmId: "", alarms: ids, answers: [], tries: 0 });
	}

	repeat(n: number): void {
		const one = this.sent[n % Math.max(1, this.sent.length)];
		if (one !== undefined) this.run(one);
	}

	pass(ms: number): void {
		this.clock.advanceTo(this.clock.now() + ms);
		this.life.alarms.endShelves(this.clock.now());
		this.life.alarms.endSuppressions(this.clock.now());
	}

	/** A window over everything opens, or the one that is open is taken away. */
	toggleWindow(): void {
		const { clock } = this;
		const now = clock.now();
		const body = { name: "检修", reason: "", from: now, to: now + 3_600_000, weekly: null };
		const entry = {
			kind: "window",
			id: "w1",
			revision: 1,
			at: now,
			by: "",
			district: "210000",
			system: "any",
		} as const;
		const window = { ...body, districts: [], systems: [], assets: [] };
		this.windows = this.windows.length > 0 ? [] : [{ ...entry, body: window, removed: false }];
		this.revision += 1;
	}

	crash(reached: boolean): void {
		this.disk.crash(reached);
		this.life = this.born();
		// What was not answered for is sent again.
		for (let k = 0; k < ALARMS; k++) this.say(k);
	}

	/** Until everything is on the disk and every request of this life is answered. */
	async settle(): Promise<void> {
		this.disk.isOpen = true;
		// A commit that was refused a moment ago is heard first: offering anew sends it at once instead of a quarter second later.
		await turn();
		void this.life.recorder.settled().catch(() => undefined);
		for (let round = 0; round < 200; round++) {
			await turn();
			if (this.disk.isWaiting) this.disk.stored();
			else if (!this.life.recorder.isBusy) return;
		}
		this.faults.push("it never comes to rest");
	}

	/** Everything that must hold of the log, the answers and the memory. */
	judge(): string[] {
		const { log } = this.disk;
		const faults = [...this.faults, ...faultsOfLives(log)];
		for (const one of this.sent) faults.push(...this.judgeAnswers(one));
		for (let k = 0; k < ALARMS; k++) {
			const id = `a${k + 1}`;
			const alarm = this.life.alarms.get(id);
			const stored = this.disk.alarms.get(id);
			if (JSON.stringify(alarm) !== JSON.stringify(stored ?? null))
				faults.push(`${id} in memory ${JSON.stringify(alarm)} is not what is stored ${JSON.stringify(stored)}`);
			const held = alarm?.active === true ? alarm.severity : 0;
			if (held !== this.truth[k] && alarm !== null)
				faults.push(`${id} holds ${held}, the device says ${this.truth[k]}`);
		}
		return faults;
	}

	private judgeAnswers({ who, commandId, action, answers, tries }: Sent): string[] {
		const own = this.disk.log.filter((one) => one.commandId === commandId);
		const faults: string[] = [];
		const fault = (what: string): void => void faults.push(`${commandId} ${action}: ${what}`);
		const done: number[] = [];
		let refusedAll = answers.length === tries;
		for (const answer of answers) {
			const parts = "results" in answer ? answer.results : [answer];
			for (const part of parts) {
				if (part.ok) {
					refusedAll = false;
					done.push(part.seq);
				} else if (part.problem === "already" && part.by !== undefined) {
					const by = this.disk.log.some(({ kind, by: other }) => kind === "acknowledged" && other === part.by);
					if (!by) fault(`told that ${part.by} was faster, who never was`);
				}
			}
		}
		// J2 C1: what was answered is there once, under the same number in every answer.
		for (const seq of new Set(done)) {
			const one = own.find((transition) => transition.seq === seq);
			if (one === undefined) fault(`answered with ${seq}, which is not its own`);
			else if (one.by !== who.user) fault(`done by ${one.by}`);
		}
		const ids = own.map(({ alarm }) => alarm.id);
		if (new Set(ids).size !== ids.length) fault("done twice");
		if (refusedAll && own.length > 0) fault("refused, and done all the same");
		return faults;
	}

	private post(one: Sent): void {
		this.sent.push(one);
		this.run(one);
	}

	private run(one: Sent): void {
		const { commands } = this.life;
		const { who, action, alarmId, body, answers } = one;
		one.tries += 1;
		const answered =
			action === null
				? commands.acknowledgeMany({ who, body, source: "" })
				: commands.run({ who, action, alarmId, body, source: "" });
		answered.then(
			(answer) => answers.push(answer),
			(error: Error) => this.faults.push(`threw ${error.message}`),
		);
	}

	private say(k: number): void {
		const severity = this.truth[k] ?? 0;
		const facts = { value: severity, limit: 1, clause: null, why: "", unverified: false, at: this.clock.now() };
		this.life.alarms.set(subjects[k] ?? "", "test", { severity, ...facts });
	}

	private born(): Life {
		const store = this.disk.open();
		const { log } = this.disk;
		const register = {
			revision: 0,
			all: () => this.windows as Entry<never>[],
			find: () => null,
		};
		Object.defineProperty(register, "revision", { get: () => this.revision });
		const windows = new Windows(register, this.clock);
		const catalogue = { assets: new Map() } as Partial<Catalogue> as Catalogue;
		const alarms: Alarms = new Alarms(
			catalogue,
			() => recorder,
			(alarm) => windows.over(alarm),
		);
		const recorder: Recorder = new Recorder(store, log.length, {
			news: (transitions) => {
				for (const { alarm, seq } of transitions) {
					alarms.recorded(alarm.id, seq);
					// A1: stored before anybody hears of it.
					if (seq !== null && log[seq - 1]?.alarm.id !== alarm.id)
						this.faults.push(`${seq} was told before it was stored`);
				}
			},
			undone: (before) => alarms.undone(before),
			failed: () => undefined,
			stored: () => undefined,
		});
		alarms.load([...this.disk.alarms.values()]);
		// The judge's memory: ids are given in the order of the subjects.
		return { alarms, recorder, commands: new Commands({ alarms, recorder, store, clock: this.clock }) };
	}
}

type Step = readonly [what: number, k: number, a: number, b: number];

async function live(steps: readonly Step[]): Promise<string[]> {
	const trial = new Trial();
	// The three alarms exist, in this order.
	for (let k = 0; k < ALARMS; k++) trial.condition(k, 1 + k);
	await trial.settle();
	for (const [what, k, a, b] of steps) {
		const who = officers[b % 2] as Who;
		trial.clock.advanceTo(trial.clock.now() + 1_000);
		if (what <= 2) trial.condition(k, a);
		else if (what <= 5) trial.command(who, k, "acknowledge", a === 4);
		else if (what === 6) trial.command(who, k, actions[a] ?? "comment", false);
		else if (what === 7) trial.batch(who);
		else if (what === 8) trial.repeat(a * 3 + b);
		else if (what === 9) trial.pass(a === 0 ? 11_000 : 1_000);
		else if (what === 10) trial.toggleWindow();
		else if (what === 11) trial.disk.isOpen = !trial.disk.isOpen;
		else {
			await turn();
			if (what === 12 || what === 13) trial.disk.stored();
			else if (what === 14) trial.disk.refused();
			else trial.crash(b % 2 === 0);
		}
	}
	await trial.settle();
	const faults = trial.judge();
	// And once more from what is on the disk.
	trial.crash(false);
	await trial.settle();
	return [...faults, ...trial.judge()];
}

const step = fc.tuple(fc.nat(15), fc.nat(ALARMS - 1), fc.nat(4), fc.nat(3));

test("T-04 no sequence of conditions, commands, refused commits and crashes loses, doubles or reverses an act", {
	timeout: patience(150_000),
}, async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(step, { maxLength: 24 }), async (steps) => {
			expect(await live(steps)).toEqual([]);
		}),
		{ numRuns: SEQUENCES, seed: SEED, endOnFailure: false },
	);
});
