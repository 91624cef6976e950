// Storm to story in core: groups the alarms of one cause as they are heard, opens one incident by itself when a group is grave enough,
// writes later members into its log, and follows its facts as values move. Everything it does is an act of the system through the one
// engine. Made by core.ts beside the heart; it changes no alarm, and never opens a second incident for a cause while one is open.
import type { ActAnswer } from "#model/act.ts";
import { type Alarm, isOpen } from "#model/alarm.ts";
import { KEPT_DAYS } from "#model/archive.ts";
import { Causes } from "#model/causes.ts";
import type { CauseGroup, CauseMember } from "#model/causes_group.ts";
import type { CauseAsset } from "#model/causes_ties.ts";
import type { Incident, IncidentFacts, IncidentTypeId } from "#model/incident.ts";
import { factsOf, type KnownMethane } from "#model/incident_facts.ts";
import { firstLevel, incidentTypeOf } from "#model/incident_type.ts";
import type { Entry } from "#model/register.ts";
import { type ActEngine, SYSTEM } from "./act_engine.ts";
import type { Heart } from "./heart.ts";
import { situationOf, titleOf } from "./incident_words.ts";
import { IncidentWorld } from "./incident_world.ts";

/** Engineering defaults (E). */
export const AUTO_OPEN = {
	/** A group whose root is at least orange, with so many alarms that hold. */
	severity: 3,
	members: 3,
	/** Its first alarms are waited for, ms: a wave takes its time, and the root is surer then. */
	waitMs: 20_000,
	/** Not for what happened before core looked, ms. */
	freshMs: 30 * 60_000,
	/** So many at most within ten minutes, the gravest first: more need people, not more records. */
	most: 20,
	mostMs: 10 * 60_000,
	/** Until then a surer root takes the place of the first, ms. */
	rootMs: 10 * 60_000,
} as const;

const LOOK_MS = 5_000;
/** Members join in one line at most this often; a storm of hundreds less often. */
const JOIN_MS = 10_000;
const JOIN_STORM_MS = 60_000;
const STORM = 200;
const NAMED = 20;
const FACTS_MS = 60_000;
const DAY_MS = 86_400_000;

/** What is known of an open incident beside its record. */
interface Followed {
	readonly joined: Set<string>;
	joinedAt: number;
	factsAt: number;
}

export interface CauseParts extends Pick<Heart, "alarms" | "catalogue" | "latest" | "register" | "clock" | "hearers"> {
	readonly acts: Pick<ActEngine, "run">;
	readonly placeName: (district: string) => string;
	readonly warn: (message: string) => void;
}

export class CauseWatch {
	readonly causes: Causes;
	private readonly parts: CauseParts;
	private readonly world: IncidentWorld;
	private readonly followed = new Map<string, Followed>();
	private readonly stops: (() => void)[] = [];
	private busy: Promise<void> | null = null;
	private acted = 0;
	/** When incidents were opened of late, epoch ms. */
	private openedAt: number[] = [];
	private warnedAt = Number.NEGATIVE_INFINITY;

	constructor(parts: CauseParts) {
		this.parts = parts;
		this.world = new IncidentWorld(parts);
		this.causes = new Causes(this.world);
		this.causes.replace(parts.alarms.open());
		const hear: typeof parts.hearers extends Set<infer H> ? H : never = (transitions) => {
			for (const { alarm } of transitions) this.causes.set(alarm);
		};
		parts.hearers.add(hear);
		this.stops.push(() => parts.hearers.delete(hear));
		this.stops.push(parts.clock.every(LOOK_MS, () => void this.look()));
	}

	/** One round; the next waits for it. Resolves when all that it wanted is on the disk. */
	look(): Promise<void> {
		this.busy ??= this.round()
			.catch((error: Error) => this.parts.warn(`incidents could not be followed: ${error.message}`))
			.finally(() => {
				this.busy = null;
			});
		return this.busy;
	}

	async stop(): Promise<void> {
		for (const end of this.stops) end();
		await this.busy;
	}

	private async round(): Promise<void> {
		const { register } = this.parts;
		await this.openGrave();
		const open = register.all<Incident>("incident").filter(({ body }) => body.state === "open");
		const known = new Set(open.map(({ id }) => id));
		for (const id of this.followed.keys()) if (!known.has(id)) this.followed.delete(id);
		for (const entry of open) await this.follow(entry);
	}

	private async openGrave(): Promise<void> {
		const now = this.parts.clock.now();
		let left = 0;
		for (const group of this.causes.groups()) {
			if (!this.isGrave(group)) continue;
			const recent = this.openedAt.filter((at) => now - at < AUTO_OPEN.mostMs);
			this.openedAt = recent;
			if (recent.length >= AUTO_OPEN.most) left += 1;
			else if (await this.open(group)) this.openedAt.push(now);
		}
		if (left === 0 || now - this.warnedAt < AUTO_OPEN.mostMs) return;
		this.warnedAt = now;
		this.parts.warn(`${left} groups of alarms wait for an incident: ${AUTO_OPEN.most} were opened by themselves`);
	}

	/** Grave, fresh, waited for, and nobody's incident yet. */
	private isGrave(group: CauseGroup): boolean {
		const { root, members, firstAt, lastAt } = group;
		const now = this.parts.clock.now();
		if (root.severity < AUTO_OPEN.severity || !root.active || root.suppressedBy !== null) return false;
		if (now - firstAt < AUTO_OPEN.waitMs || now - lastAt > AUTO_OPEN.freshMs) return false;
		const holding = members.filter(({ alarm }) => alarm.active && alarm.suppressedBy === null && !alarm.outOfService);
		const mine = this.parts.register.all<Incident>("incident").filter(({ body }) => isOf(body, group));
		if (mine.some(({ body }) => body.state === "open")) return false;
		// What was closed is a story told; only as much again, later, is another.
		// One that is in the archive is no longer known here: what stood then, stood too long to be news.
		const closedAt = Math.max(now - KEPT_DAYS * DAY_MS, ...mine.map(({ body }) => body.closedAt ?? 0));
		const since = holding.filter(({ alarm }) => alarm.raisedAt > closedAt);
		return since.length >= AUTO_OPEN.members && since.some(({ alarm }) => alarm.severity >= AUTO_OPEN.severity);
	}

	private async open(group: CauseGroup): Promise<boolean> {
		const assets = this.assetsOf(group.root.asset, group.members);
		const [first] = assets;
		const root = this.parts.alarms.get(group.root.id);
		if (first === undefined || root === null) return false;
		const type = typeOf(group, first);
		const place = { district: first.district, lon: first.lon, lat: first.lat };
		const methane = { worst: worstMethane(this.held(group.members)), said: null };
		const facts = factsOf({ type, place, assets, alarmsOpen: group.members.length, methane }, this.world);
		const name = this.parts.placeName(place.district);
		const kind = this.parts.catalogue.kinds.get(first.kind)?.kind;
		const answer = await this.run("incident.open", {
			type,
			title: titleOf(root, kind, type, name),
			level: firstLevel(root.severity),
			place: { ...place, address: `${name} ${first.site ?? root.name}`.slice(0, 200) },
			source: "alarm",
			cause: group.key,
			rootAlarm: root.id,
			situation: situationOf({ group, root, kind, type, facts, place: name }).slice(0, 4_000),
			facts,
		});
		if (!answer.ok || typeof answer.id !== "string") return false;
		this.followed.set(answer.id, { joined: new Set(), joinedAt: 0, factsAt: this.parts.clock.now() });
		return true;
	}

	private async follow(entry: Entry<Incident>): Promise<void> {
		const { clock, alarms } = this.parts;
		const now = clock.now();
		const group = this.groupFor(entry.body);
		let state = this.followed.get(entry.id);
		if (state === undefined) {
			// After a restart: who stands in the group now was heard before it, unless nobody ever was.
			const heard = entry.body.joined === 0 ? [] : (group?.members ?? []);
			state = { joined: new Set(heard.map(({ alarm }) => alarm.id)), joinedAt: 0, factsAt: 0 };
			this.followed.set(entry.id, state);
		}
		const { joined } = state;
		const fresh = (group?.members ?? []).filter(({ alarm }) => !joined.has(alarm.id));
		const everyMs = joined.size > STORM ? JOIN_STORM_MS : JOIN_MS;
		const isJoining = fresh.length > 0 && now - state.joinedAt >= everyMs;
		const isDue = now - state.factsAt >= FACTS_MS;
		if (!isJoining && !isDue) return;
		// The one it was opened from stands for itself where no group holds it.
		const own = new Set([entry.body.rootAlarm ?? "", ...entry.body.alarms]);
		const linked = [...own].map((id) => alarms.get(id)).filter((alarm) => alarm !== null);
		const rootAsset = group?.root.asset ?? alarms.get(entry.body.rootAlarm ?? "")?.asset ?? null;
		const assets = this.assetsOf(rootAsset, [...(group?.members ?? []), ...linked.map((alarm) => ({ alarm }))]);
		const members = group?.members ?? [];
		const isMember = new Set(members.map(({ alarm }) => alarm.id));
		const alarmsOpen = members.length + linked.filter((alarm) => isOpen(alarm) && !isMember.has(alarm.id)).length;
		const { type, place } = entry.body;
		const methane = methaneOf(entry.body, [...this.held(members), ...linked]);
		const facts = moved(entry.body, factsOf({ type, place, assets, alarmsOpen, methane }, this.world));
		const isYoung = now - entry.body.openedAt <= AUTO_OPEN.rootMs;
		const root = isYoung && group !== null && group.root.id !== entry.body.rootAlarm ? group.root.id : null;
		state.factsAt = now;
		if (!isJoining && root === null && Object.keys(facts).length === 0) return;
		const answer = await this.run("incident.join", {
			id: entry.id,
			joined: isJoining ? fresh.length : 0,
			named: isJoining ? fresh.slice(0, NAMED).map(named) : [],
			rootAlarm: root,
			facts,
		});
		if (!answer.ok || !isJoining) return;
		for (const { alarm } of fresh) joined.add(alarm.id);
		state.joinedAt = now;
	}

	/** By its cause; one that a person opened from an alarm has no key and goes with that alarm's group. */
	private groupFor({ cause, rootAlarm }: Incident): CauseGroup | null {
		const byKey = this.causes.groups().find(({ key, aliases }) => key === cause || aliases.includes(cause ?? ""));
		return byKey ?? (rootAlarm === null ? null : this.causes.groupOf(rootAlarm));
	}

	/** The alarms themselves, with their values. */
	private held(members: readonly CauseMember[]): Alarm[] {
		return members.map(({ alarm }) => this.parts.alarms.get(alarm.id)).filter((alarm) => alarm !== null);
	}

	/** The root's first; an alarm of a gateway has none of its own. */
	private assetsOf(root: string | null, members: readonly Pick<CauseMember, "alarm">[]): CauseAsset[] {
		const ids = new Set([root, ...members.map(({ alarm }) => alarm.asset)]);
		return [...ids]
			.map((id) => (id === null ? undefined : this.world.asset(id)))
			.filter((asset) => asset !== undefined);
	}

	private run(name: string, body: object): Promise<ActAnswer> {
		this.acted += 1;
		const commandId = `causes-${this.parts.clock.now()}-${this.acted}`;
		return this.parts.acts.run({ who: SYSTEM, name, body: { commandId, ...body }, source: "system" });
	}
}

/** A gale is weather, though it reaches one site first; a lost gateway is nobody's trade. */
function typeOf({ kind, root }: CauseGroup, first: CauseAsset): IncidentTypeId {
	if (kind === "power") return "other";
	return kind === "weather" && root.rule === "wind-level" ? "weather" : incidentTypeOf(first.system, first.kind);
}

function named({ alarm, why }: CauseMember): object {
	return { alarm: alarm.id, name: alarm.name, severity: alarm.severity, at: alarm.raisedAt, why: why.key };
}

/** By its cause, one that was merged into it, its root, or an alarm that a person linked to it. */
function isOf({ cause, rootAlarm, alarms }: Incident, group: CauseGroup): boolean {
	if (cause !== null && (cause === group.key || group.aliases.includes(cause))) return true;
	return group.members.some(({ alarm }) => alarm.id === rootAlarm || alarms.includes(alarm.id));
}

/** What a person wrote, and the worst that the incident and its alarms have known. */
function methaneOf({ byHand, facts }: Incident, alarms: readonly Alarm[]): KnownMethane {
	const before = typeof facts.methane === "number" ? facts.methane : null;
	const isSaid = byHand.includes("methane");
	return { worst: worstMethane(alarms, isSaid ? null : before), said: isSaid ? before : null };
}

/** %LEL */
function worstMethane(alarms: readonly Alarm[], before: number | null = null): number | null {
	const judged = alarms.map(({ measure, value }) => (measure === "methane" ? value : null));
	const known = [before, ...judged].filter((value) => value !== null);
	return known.length === 0 ? null : Math.max(...known);
}

/** Facts that are other than those of the record, but for those that a person wrote. */
function moved(incident: Incident, facts: IncidentFacts): IncidentFacts {
	const changed = Object.entries(facts).filter(
		([id, value]) => !incident.byHand.includes(id) && (incident.facts[id] ?? null) !== value,
	);
	return Object.fromEntries(changed);
}
