// Runs acts, one after the other: parse, may they, once only, plan, scope of everything touched, one commit with log lines, audit
// record and answer; then memory, listeners, followers. Called by web (over the bus) and by core's own timers. Knows no HTTP and
// no domain: what an act does is decided by its plan (acts/).
import type { ZodType } from "zod";
import type { ActAnswer, ActTable } from "#model/act.ts";
import { archiveRules } from "#model/archive.ts";
import type { AuditRecord } from "#model/audit.ts";
import { isProblem, type Problem, problem } from "#model/problem.ts";
import { type Entry, holds, isPersonal, type LogLine, reachOf } from "#model/register.ts";
import { type Place, refuse, WHOLE_PROVINCE, type Who } from "#model/rights.ts";
import type { Clock } from "../clock.ts";
import type { Edit, Store } from "../store/store.ts";
import type { ActContext, Plan } from "./act.ts";
import type { Alarms } from "./alarms.ts";
import type { Catalogue } from "./catalogue.ts";
import type { Recorder } from "./recorder.ts";
import type { Register } from "./register.ts";

/** Who acts when nobody does: timers and what follows from an alarm. */
export const SYSTEM: Who = { user: "system", roles: ["administrator"], scope: WHOLE_PROVINCE };

const REMEMBERED = 10_000;
/** Acts that wait for their turn; beyond it the store is too slow for people to be kept waiting. */
const WAITING_MAX = 1_000;
/** Characters of a body in its audit record. */
const DETAIL_MAX = 8_000;
const LINES_USUAL = 1_000;

export interface ActRequest {
	readonly who: Who;
	readonly name: string;
	readonly body: unknown;
	/** Address of the caller, for the audit record. */
	readonly source: string;
}

type AnyPlan = (body: never, context: ActContext) => Plan | Problem | Promise<Plan | Problem>;

export interface EngineParts {
	readonly acts: ActTable;
	readonly plans: Readonly<Record<string, AnyPlan>>;
	readonly register: Register;
	readonly alarms: Alarms;
	readonly catalogue: Catalogue;
	readonly recorder: Recorder;
	readonly store: Pick<Store, "answerOf" | "lines" | "archived">;
	readonly clock: Clock;
	readonly fullNameOf: ActContext["fullNameOf"];
	/** Tells the followers; called after the register's listeners. What left is among the entries, marked as removed. */
	readonly changed: (revision: number, entries: readonly Entry[], lines: readonly LogLine[]) => void;
}

/** Not stored is not done, and not read is not decided. */
class StoreAway extends Error {}

interface Body {
	readonly commandId: string;
}

export class ActEngine {
	private readonly parts: EngineParts;
	/** C1: a repeated commandId waits for, or gets, the first answer. */
	private readonly answers = new Map<string, Promise<ActAnswer>>();
	private last: Promise<unknown> = Promise.resolve();
	private waiting = 0;

	constructor(parts: EngineParts) {
		this.parts = parts;
	}

	/** Never throws for a caller's fault; Problem codes: unknown-act, bad-act, forbidden, not-found, busy, unrecorded, and the plan's own. */
	run(request: ActRequest): Promise<ActAnswer> {
		const spec = Object.hasOwn(this.parts.acts, request.name) ? this.parts.acts[request.name] : undefined;
		if (spec === undefined) return refused(problem("unknown-act", `there is no act "${request.name}"`));
		const refusal = refuse(request.who, spec.action, null);
		if (refusal !== null) return refused(refusal);
		const body = parse(spec.schema, request.body);
		if (isProblem(body)) return refused(body);
		// One caller's id is not another's, and an alarm's command is not an act.
		const key = `${request.who.user}/act/${body.commandId}`;
		const known = this.answers.get(key);
		if (known !== undefined) return known;
		if (this.waiting >= WAITING_MAX) return refused(problem("busy", "too much is waiting to be stored; try again"));
		this.waiting += 1;
		// A plan must see what the act before it did.
		const answer = this.last.then(() => this.once(request, body, key));
		this.remember(key, answer);
		const done = (): void => {
			this.waiting -= 1;
		};
		this.last = answer.then(done, () => {
			// Our own bug in a plan: told to the caller, and not what this id is answered with for ever.
			this.answers.delete(key);
			done();
		});
		return answer;
	}

	private async once(request: ActRequest, body: Body, key: string): Promise<ActAnswer> {
		try {
			const earlier = await this.asked(this.parts.store.answerOf(key));
			if (earlier !== null) return earlier as ActAnswer;
			const plan = await this.plan(request, body);
			if (isProblem(plan)) return { ok: false, ...plan };
			const refusal = this.refuseTouched(request.who, plan) ?? (await this.refuseArchived(plan));
			if (refusal !== null) return { ok: false, ...refusal };
			return await this.commit(request, body, key, plan);
		} catch (error) {
			if (error instanceof StoreAway) return this.unrecorded(key);
			throw error;
		}
	}

	/** A question to the store, whose failure is no bug of a plan. */
	private asked<T>(question: Promise<T>): Promise<T> {
		return question.catch((cause: unknown) => {
			throw new StoreAway("the store cannot be asked", { cause });
		});
	}

	private async plan(request: ActRequest, body: Body): Promise<Plan | Problem> {
		const { alarms, catalogue, clock, plans, register, store } = this.parts;
		const given = new Map<string, number>();
		const context: ActContext = {
			now: clock.now(),
			who: request.who,
			source: request.source,
			register,
			alarms,
			catalogue,
			fullNameOf: this.parts.fullNameOf,
			newId: (prefix) => {
				const number = given.get(prefix) ?? register.numberAfter(prefix);
				given.set(prefix, number + 1);
				return `${prefix}${number}`;
			},
			archived: (kind, id) => this.asked(store.archived(kind, id)),
			lines: (subject, after = 0, limit = LINES_USUAL) => this.asked(store.lines(subject, after, limit)),
		};
		const plan = plans[request.name];
		if (plan === undefined) throw new Error(`act ${request.name} has no plan`);
		return plan(body as never, context);
	}

	/** Where each entry stood and will stand, and where each line belongs. */
	private refuseTouched(who: Who, plan: Plan): Problem | null {
		const places: Place[] = [...(plan.lines ?? []), ...(plan.photos ?? [])];
		for (const put of plan.entries ?? []) {
			const before = this.parts.register.state(put.kind, put.id);
			places.push(put);
			if (before !== null) places.push(before);
		}
		places.push(...(plan.returns ?? []));
		for (const { kind, id } of plan.leaves ?? []) {
			const before = this.parts.register.state(kind, id);
			if (before === null) throw new Error(`${kind} ${id} is not there to be archived`);
			places.push(before);
		}
		return places.every((place) => holds(who.scope, place))
			? null
			: problem("not-found", "no such thing in your scope");
	}

	/** What stands in the archive is history: an act must bring it back before it writes over it. */
	private async refuseArchived(plan: Plan): Promise<Problem | null> {
		const returns = new Set((plan.returns ?? []).map(({ kind, id }) => `${kind}:${id}`));
		for (const { kind, id } of plan.entries ?? []) {
			const isKnown = returns.has(`${kind}:${id}`) || this.parts.register.state(kind, id) !== null;
			if (isKnown || archiveRules[kind].stays) continue;
			if ((await this.asked(this.parts.store.archived(kind, id))) !== null)
				return problem("archived", "it is in the archive, where nothing changes");
		}
		return null;
	}

	private async commit(request: ActRequest, body: Body, key: string, plan: Plan): Promise<ActAnswer> {
		const { clock, recorder, register } = this.parts;
		const at = clock.now();
		const by = request.who.user;
		const { revision, entries, lines, left, edits } = stepOf(plan, register, at, by);
		const audits = [auditOf(request, body, plan, at)];
		const answer: ActAnswer = { ...plan.answer, ok: true };
		try {
			await recorder.act({ key, at, commandId: body.commandId, changes: [], edits, audits, answer: () => answer });
		} catch {
			return this.unrecorded(key);
		}
		if (edits.length > 0) {
			register.apply(revision, entries, lines, left);
			this.parts.changed(revision, [...entries, ...left], lines);
		}
		return answer;
	}

	/** Not stored is not done: the same id may be tried again. */
	private unrecorded(key: string): ActAnswer {
		this.answers.delete(key);
		return { ok: false, ...problem("unrecorded", "the store cannot record it now; try again") };
	}

	private remember(key: string, answer: Promise<ActAnswer>): void {
		this.answers.set(key, answer);
		if (this.answers.size <= REMEMBERED) return;
		for (const oldest of this.answers.keys()) {
			this.answers.delete(oldest);
			break;
		}
	}
}

function refused(refusal: Problem): Promise<ActAnswer> {
	return Promise.resolve({ ok: false, ...refusal });
}

function parse(schema: ZodType<Body>, input: unknown): Body | Problem {
	const result = schema.safeParse(input);
	if (result.success) return result.data;
	const issue = result.error.issues[0];
	return problem("bad-act", issue?.message ?? "not an act", issue?.path.join("."));
}

interface ActStep {
	readonly revision: number;
	readonly entries: readonly Entry[];
	readonly lines: readonly LogLine[];
	/** Marks of what left for the archive. */
	readonly left: readonly Entry[];
	readonly edits: readonly Edit[];
}

/** The plan with numbers, time and person. Lines alone leave the revision: pages follow it to ask for entries. */
function stepOf(plan: Plan, register: Register, at: number, by: string): ActStep {
	const { entries: puts = [], returns = [], leaves = [], photos = [] } = plan;
	const revision = register.revision + (puts.length + returns.length + leaves.length > 0 ? 1 : 0);
	const made = puts.map(
		({ kind, id, district, system, body, removed }): Entry => ({
			kind,
			id,
			revision,
			at,
			by,
			district,
			system,
			body,
			removed: removed ?? false,
		}),
	);
	const back = returns.filter(({ kind, id }) => !made.some((entry) => entry.kind === kind && entry.id === id));
	const entries = [...back.map((entry): Entry => ({ ...entry, revision })), ...made];
	const lines = (plan.lines ?? []).map(
		({ subject, kind, district, system, detail }, i): LogLine => ({
			n: register.lastLine + 1 + i,
			subject,
			kind,
			at,
			by,
			district,
			system,
			detail,
		}),
	);
	const gone = leaves.flatMap((leave) => {
		const entry = register.state(leave.kind, leave.id);
		return entry === null ? [] : [{ leave, entry }];
	});
	const edits: Edit[] = [
		...entries.map((entry): Edit => ({ type: "entry.put", entry })),
		...gone.map(({ leave, entry: { district, system, removed } }): Edit => {
			return { type: "entry.archive", leave, district, system, removed, at, revision };
		}),
		...lines.map((line): Edit => ({ type: "line.add", line, revision })),
		...photos.map((photo): Edit => ({ type: "photo.add", photo: { ...photo, at, by } })),
	];
	const left = gone.map(({ entry }): Entry => ({ ...entry, revision, at, by, body: null, removed: true }));
	return { revision, entries, lines, left, edits };
}

function auditOf({ who, name, source }: ActRequest, body: Body, plan: Plan, at: number): AuditRecord {
	const touched = [...(plan.entries ?? []), ...(plan.leaves ?? [])].map(({ kind, id }) => `${kind}:${id}`);
	const isQuiet =
		(plan.photos ?? []).length > 0 ||
		(plan.entries ?? []).some(({ kind }) => reachOf(kind) === "private" || isPersonal(kind));
	const subject = plan.audit?.subject ?? touched[0] ?? plan.lines?.[0]?.subject ?? name;
	const own = plan.audit?.detail ?? (isQuiet ? {} : { body });
	const detail = JSON.stringify({ commandId: body.commandId, touched, ...own });
	return {
		at,
		user: who.user,
		action: name,
		subject,
		result: "ok",
		// A list of drawings may be long; what it made is in the entry itself.
		detail: detail.length <= DETAIL_MAX ? detail : JSON.stringify({ commandId: body.commandId, touched, cut: true }),
		source,
	};
}
