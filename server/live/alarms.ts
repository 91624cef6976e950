// The alarms of core: one per (subject, rule), moved only by conditions (`set`) and commands. Keeps the present state in
// memory, hands every change to the recorder, and tells screens only what the recorder says. It judges nothing itself.
import type { Alarm, AlarmCommand, AlarmPlace, Change, Condition } from "#model/alarm.ts";
import { isOpen, next } from "#model/alarm.ts";
import { isProblem, type Problem, problem } from "#model/problem.ts";
import { parseSubject } from "#model/subject.ts";
import type { Catalogue } from "./catalogue.ts";
import type { Recorder } from "./recorder.ts";

/** Everything of a condition but its type; severity 0 clears. */
export type ConditionFacts = Omit<Condition, "type">;

export class Alarms {
	private readonly byId = new Map<string, Alarm>();
	private readonly idOf = new Map<string, string>();
	/** Alarms whose last transition is not on the disk. */
	private readonly unrecorded = new Set<string>();
	/** Ids of those that a window hides. */
	private readonly hidden = new Set<string>();
	/** Name of the maintenance window that an alarm began in and that is open, or null. */
	private readonly windowOver: (alarm: Alarm) => string | null;
	/** The gateway that an alarm of silence hangs on, or null. */
	private readonly behind: (alarm: Alarm) => string | null;
	private readonly catalogue: Catalogue;
	private readonly recorder: () => Pick<Recorder, "change">;
	private nextId = 1;

	constructor(
		catalogue: Catalogue,
		recorder: () => Pick<Recorder, "change">,
		windowOver: (alarm: Alarm) => string | null = () => null,
		behind: (alarm: Alarm) => string | null = () => null,
	) {
		this.catalogue = catalogue;
		this.recorder = recorder;
		this.windowOver = windowOver;
		this.behind = behind;
	}

	load(alarms: readonly Alarm[]): void {
		for (const alarm of alarms) {
			this.place(alarm);
			this.idOf.set(keyOf(alarm.subject, alarm.rule), alarm.id);
			this.nextId = Math.max(this.nextId, Number(alarm.id.slice(1)) + 1);
		}
	}

	/** The one way to raise or clear. Changes nothing when the condition already holds. @returns true when it changed. */
	set(subject: string, rule: string, facts: ConditionFacts): boolean {
		const known = this.find(subject, rule);
		if (known === null && facts.severity === 0) return false;
		const place = known ?? this.placeOf(subject, rule);
		const change = next(known, place, { type: "condition", ...facts });
		if (change === null) return false;
		if (isProblem(change)) throw new Error(`a condition was refused: ${change.problem}`);
		this.tell(this.behindWhat(this.inWindow(change)));
		return true;
	}

	/** Severity that holds now for a subject and rule. */
	held(subject: string, rule: string): number {
		const alarm = this.find(subject, rule);
		return alarm?.active === true ? alarm.severity : 0;
	}

	get(id: string): Alarm | null {
		return this.byId.get(id) ?? null;
	}

	/** What the command would do; nothing is changed. @returns "unrecorded" while the alarm's own raise is not on the disk. */
	plan(id: string, command: AlarmCommand): { change: Change; before: Alarm } | Problem {
		const before = this.byId.get(id);
		if (before === undefined) return problem("not-found", "no such alarm");
		if (this.unrecorded.has(id))
			return problem("unrecorded", "the alarm is not stored yet; it cannot be acted on until it is");
		const change = next(before, before, command);
		if (change === null) return problem("already", "nothing to change");
		return isProblem(change) ? change : { change, before };
	}

	/** Makes a planned command the present state; the recorder stores it. */
	keep(change: Change): void {
		this.place(change.alarm);
		this.idOf.set(keyOf(change.alarm.subject, change.alarm.rule), change.alarm.id);
	}

	/** The recorder stored this state, or (seq null) could not. */
	recorded(id: string, seq: number | null): void {
		const alarm = this.byId.get(id);
		if (alarm === undefined) return;
		if (seq === null) this.unrecorded.add(id);
		else this.unrecorded.delete(id);
		this.place({ ...alarm, seq });
	}

	/** A command was not stored: this stands. Which transition was stored last is known here. */
	undone(stands: Alarm): void {
		const alarm = this.byId.get(stands.id);
		if (alarm !== undefined) this.place({ ...stands, seq: alarm.seq });
	}

	open(): Alarm[] {
		const list: Alarm[] = [];
		for (const alarm of this.byId.values()) if (isOpen(alarm)) list.push(alarm);
		return list;
	}

	/** Ends the shelves whose time is over. */
	endShelves(now: number): void {
		for (const alarm of this.byId.values()) {
			if (alarm.shelvedUntil === null || alarm.shelvedUntil > now) continue;
			const change = next(alarm, alarm, { type: "shelf-ended", at: now });
			if (change === null || isProblem(change)) continue;
			this.tell(change);
		}
	}

	/** What a window hid and none hides any longer stands in the list again; what is finished waits for its next raise. */
	endSuppressions(now: number): void {
		for (const id of this.hidden) {
			const alarm = this.byId.get(id);
			if (alarm === undefined || !isOpen(alarm)) continue;
			const over = this.windowOver(alarm);
			if (over === alarm.suppressedBy) continue;
			// Another window may be open over it, or the window's name was changed.
			const event = over === null ? ({ type: "unsuppress" } as const) : ({ type: "suppress", reason: over } as const);
			const change = next(alarm, alarm, { ...event, at: now });
			if (change !== null && !isProblem(change)) this.tell(change);
		}
	}

	/** An alarm that begins inside a window is told as suppressed at once: nobody hears it first. What stands stays, however it rises. */
	private inWindow(change: Change): Change {
		const { alarm, kind } = change;
		const begins = kind === "raised" || (kind === "rose" && alarm.suppressedBy !== null);
		if (!begins) return change;
		return { ...change, alarm: { ...alarm, suppressedBy: this.windowOver(alarm) } };
	}

	/** Noted when it rises, so that core and every page group by the same, now and after a restart. */
	private behindWhat(change: Change): Change {
		const behind = change.kind === "raised" ? this.behind(change.alarm) : null;
		return behind === null ? change : { ...change, alarm: { ...change.alarm, behind } };
	}

	private tell(change: Change): void {
		this.keep(change);
		this.recorder().change(change);
	}

	private place(alarm: Alarm): void {
		this.byId.set(alarm.id, alarm);
		if (alarm.suppressedBy === null) this.hidden.delete(alarm.id);
		else this.hidden.add(alarm.id);
	}

	private find(subject: string, rule: string): Alarm | null {
		const id = this.idOf.get(keyOf(subject, rule));
		return id === undefined ? null : (this.byId.get(id) ?? null);
	}

	private placeOf(subject: string, rule: string): AlarmPlace {
		const parsed = parseSubject(subject);
		if (isProblem(parsed)) throw new Error(parsed.detail ?? parsed.problem);
		const id = `a${this.nextId++}`;
		const base = { id, subject, rule, asset: null, measure: null, unit: "" };
		if (parsed.type === "channel" || parsed.type === "asset") {
			const asset = this.catalogue.assets.get(parsed.name);
			if (asset === undefined) throw new Error(`alarm about unknown asset ${parsed.name}`);
			const measure = asset.kind.measures.find((known) => known.id === parsed.part);
			return {
				...base,
				system: asset.system,
				district: asset.record.district,
				asset: asset.record.id,
				name: asset.record.name,
				measure: parsed.part,
				unit: measure?.unit ?? "",
			};
		}
		if (parsed.type === "district") return { ...base, system: "system", district: parsed.name, name: parsed.name };
		return { ...base, system: "system", district: "210000", name: parsed.name };
	}
}

function keyOf(subject: string, rule: string): string {
	return `${subject}\n${rule}`;
}
