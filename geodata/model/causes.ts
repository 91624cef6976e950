// Storm to story: open alarms of one cause stand in one group with the root first. Incremental: an alarm looks for the marks that others
// of its cause left (causes_ties.ts), joins their group or begins its own; groups that turn out to be one are merged, the smaller into
// the larger. It changes no alarm and hides none: every member stays listed with its reason, reds by themselves besides.
// Called by core (live/causes.ts) and by the page. Pure state: no clock, no I/O.
import { isOpen } from "./alarm.ts";
import { type CauseGroup, type Group, isNear, LEAST_MEMBERS, type Member, seenOf, type Why } from "./causes_group.ts";
import { MarkIndex } from "./causes_index.ts";
import { type CauseAlarm, type CauseWorld, type Ties, tiesOf } from "./causes_ties.ts";

interface Hold {
	readonly group: Group;
	readonly why: Why;
}

export class Causes {
	private readonly world: CauseWorld;
	private readonly index = new MarkIndex((number) => this.resolve(number));
	private readonly members = new Map<string, Member>();
	private readonly live = new Map<number, Group>();
	/** Numbers of merged groups, to the one that took them in. */
	private readonly mergedInto = new Map<number, number>();
	private nextNumber = 1;
	private moved = 0;
	/** Grows with every change. */
	revision = 0;
	private listed: { readonly revision: number; readonly groups: readonly CauseGroup[] } | null = null;

	constructor(world: CauseWorld) {
		this.world = world;
	}

	/** Marks held: bounded by what is open and where it stands, however much has come and gone. */
	get marks(): number {
		return this.index.size;
	}

	/** Marks looked at and members moved so far; what a storm costs. */
	get work(): number {
		return this.index.work + this.moved;
	}

	/** Takes an alarm as it now is; one that is finished leaves. Amortised a few dozen looks, whatever the number of alarms. */
	set(alarm: CauseAlarm): void {
		const known = this.members.get(alarm.id);
		if (!isOpen(alarm)) {
			if (known !== undefined) this.leave(known);
			return;
		}
		if (known !== undefined) {
			// The same condition, worse or seen by a person: where it belongs is not asked again.
			const isSame = known.alarm.occurrence === alarm.occurrence || known.alarm.active;
			if (isSame) {
				this.renew(known, alarm);
				return;
			}
			this.leave(known);
		}
		const ties = tiesOf(alarm, this.world);
		if (ties !== null) this.join(alarm, ties);
	}

	/** The open list anew, e.g. after a reconnect: earliest first, so that every copy begins its groups alike. */
	replace(alarms: readonly CauseAlarm[]): void {
		this.clear();
		const inOrder = [...alarms].sort((a, b) => a.raisedAt - b.raisedAt || (a.id < b.id ? -1 : 1));
		for (const alarm of inOrder) this.set(alarm);
		this.revision += 1;
	}

	clear(): void {
		this.members.clear();
		this.live.clear();
		this.mergedInto.clear();
		this.index.clear();
		this.revision += 1;
	}

	/** Groups of enough members, worst first, then the newest. The same array until something changes. */
	groups(): readonly CauseGroup[] {
		if (this.listed?.revision === this.revision) return this.listed.groups;
		const groups: CauseGroup[] = [];
		for (const group of this.live.values()) {
			const seen = this.look(group);
			if (seen !== null) groups.push(seen);
		}
		groups.sort((a, b) => b.worst - a.worst || b.lastAt - a.lastAt || (a.key < b.key ? -1 : 1));
		this.listed = { revision: this.revision, groups };
		return groups;
	}

	/** The group that an alarm stands in; null while it stands alone. */
	groupOf(alarm: string): CauseGroup | null {
		const member = this.members.get(alarm);
		const group = member === undefined ? undefined : this.live.get(this.resolve(member.group));
		return group === undefined ? null : this.look(group);
	}

	private join(alarm: CauseAlarm, ties: Ties): void {
		const holds = this.holdsOf(alarm, ties);
		const [first, ...others] = holds;
		let group = first?.group;
		for (const other of others) if (group !== undefined) group = this.merge(group, other.group);
		group ??= this.begin(alarm, ties);
		const why = first?.why ?? { key: "first", of: null, metres: null };
		const member: Member = { alarm, ties, why, firstAt: alarm.raisedAt, group: group.number };
		group.members.set(alarm.id, member);
		if (group.kind === "asset") group.kind = ties.kind;
		group.firstAt = Math.min(group.firstAt, alarm.raisedAt);
		group.lastAt = Math.max(group.lastAt, alarm.raisedAt);
		this.members.set(alarm.id, member);
		for (const mark of ties.marks) this.index.leave(mark, group.number, alarm.id, alarm.raisedAt);
		this.touch(group);
	}

	/** Every group that the alarm belongs to, the most telling tie first. */
	private holdsOf(alarm: CauseAlarm, ties: Ties): Hold[] {
		const holds = new Map<number, Hold>();
		for (const tie of ties.ties) {
			for (const found of this.index.look(tie, ties.point, alarm.raisedAt)) {
				const group = this.live.get(found.group);
				if (group === undefined || holds.has(group.number)) continue;
				if (tie.whileOpen === true && !group.members.has(found.alarm)) continue;
				// A cause by weather or nearness does not creep through the province from neighbour to neighbour.
				if (!isNear(group, ties.point, ties.extentM) || !isOneWith(holds, group)) continue;
				holds.set(group.number, { group, why: { key: tie.why, of: found.alarm, metres: found.metres } });
			}
		}
		return [...holds.values()];
	}

	private begin(alarm: CauseAlarm, ties: Ties): Group {
		const group: Group = {
			number: this.nextNumber++,
			key: `${ties.kind}:${alarm.id}`,
			aliases: [],
			absorbed: [],
			kind: ties.kind,
			members: new Map(),
			firstAt: alarm.raisedAt,
			lastAt: alarm.raisedAt,
			seed: ties.point,
			extentM: ties.extentM,
			revision: 0,
			seen: null,
		};
		this.live.set(group.number, group);
		return group;
	}

	/** The smaller into the larger; the key of the one that began first stays. */
	private merge(a: Group, b: Group): Group {
		const [into, from] = a.members.size >= b.members.size ? [a, b] : [b, a];
		const older = from.firstAt < into.firstAt || (from.firstAt === into.firstAt && from.key < into.key) ? from : into;
		const key = older.key;
		const aliases = new Set([...into.aliases, ...from.aliases, into.key, from.key]);
		aliases.delete(key);
		into.key = key;
		into.seed = older.seed;
		into.aliases = [...aliases];
		if (into.kind === "asset") into.kind = from.kind;
		into.firstAt = Math.min(into.firstAt, from.firstAt);
		into.lastAt = Math.max(into.lastAt, from.lastAt);
		for (const [id, member] of from.members) {
			member.group = into.number;
			into.members.set(id, member);
			this.moved += 1;
		}
		this.live.delete(from.number);
		this.mergedInto.set(from.number, into.number);
		into.absorbed.push(from.number, ...from.absorbed);
		return into;
	}

	private leave(member: Member): void {
		this.members.delete(member.alarm.id);
		const group = this.live.get(this.resolve(member.group));
		if (group === undefined) return;
		group.members.delete(member.alarm.id);
		this.touch(group);
		if (group.members.size > 0) return;
		this.live.delete(group.number);
		for (const number of group.absorbed) this.mergedInto.delete(number);
	}

	private renew(member: Member, alarm: CauseAlarm): void {
		member.alarm = alarm;
		const group = this.live.get(this.resolve(member.group));
		if (group !== undefined) this.touch(group);
	}

	private touch(group: Group): void {
		group.revision += 1;
		group.seen = null;
		this.revision += 1;
	}

	/** @returns the number of the living group, -1 when it ended. Shortens the way as it goes. */
	private resolve(number: number): number {
		let at = number;
		for (let next = this.mergedInto.get(at); next !== undefined; next = this.mergedInto.get(at)) at = next;
		if (at !== number) this.mergedInto.set(number, at);
		return this.live.has(at) ? at : -1;
	}

	private look(group: Group): CauseGroup | null {
		if (group.members.size < LEAST_MEMBERS[group.kind]) return null;
		group.seen ??= seenOf(group);
		return group.seen;
	}
}

/** Whether a group may be merged with the one that was found first. */
function isOneWith(holds: ReadonlyMap<number, Hold>, group: Group): boolean {
	for (const { group: first } of holds.values()) return isNear(first, group.seed, group.extentM);
	return true;
}
