// The page's copy of the register (台账): what people keep besides readings and alarms, within this person's scope. Fetched whole at
// hello, then what changed since the revision held, whenever the server says that it grew. It shows nothing and changes nothing.
import type { Problem } from "#model/problem.ts";
import { isProblem, problem } from "#model/problem.ts";
import type { Entry, RecordKind } from "#model/register.ts";
import { Change } from "./change.ts";

/** Body of GET /api/register. */
export interface RegisterBody {
	readonly epoch: number;
	readonly revision: number;
	/** Nothing held before counts; otherwise only what changed, removed entries marked. */
	readonly whole: boolean;
	readonly entries: readonly Entry[];
}

export interface RegisterParts {
	ask(path: string): Promise<unknown>;
	later(ms: number, act: () => void): void;
}

const RETRY_MS = 3_000;
const NONE: readonly Entry[] = [];

export class RegisterBook {
	readonly change = new Change();
	revision = 0;
	isLoaded = false;
	/** Why it is not here, or null. */
	problem: Problem | null = null;
	private epoch = 0;
	/** Grows when the person may be another: answers to questions before it are not taken. */
	private life = 0;
	private isAsking = false;
	private isWanted = false;
	private isShut = false;
	private readonly kinds = new Map<RecordKind, Map<string, Entry>>();
	/** By subject of a log that somebody looked at. */
	private readonly logs = new Map<string, Change>();
	/** By kind, made once per change: the same list is the same object. */
	private readonly lists = new Map<RecordKind, readonly Entry[]>();
	private readonly parts: RegisterParts;

	constructor(parts: RegisterParts) {
		this.parts = parts;
	}

	/** What stands of a kind, in the order in which it came; the same array until it changes. */
	entries<B = unknown>(kind: RecordKind): readonly Entry<B>[] {
		let list = this.lists.get(kind);
		if (list === undefined) {
			const known = this.kinds.get(kind);
			list = known === undefined ? NONE : [...known.values()];
			this.lists.set(kind, list);
		}
		return list as readonly Entry<B>[];
	}

	find<B = unknown>(kind: RecordKind, id: string): Entry<B> | undefined {
		return this.kinds.get(kind)?.get(id) as Entry<B> | undefined;
	}

	/** The server said who this is and which life it lives. @param may false: it is not for this person, and not asked for. */
	greeted(epoch: number, may = true): void {
		this.isShut = !may;
		if (epoch !== this.epoch) this.isLoaded = false;
		this.want();
		// What was written while the line was down was told to nobody here.
		for (const log of this.logs.values()) log.bump();
	}

	/** The server's register stands at this revision; these logs have grown (null: any may have). Lines alone fetch no entry. */
	told(revision: number, logs: readonly string[] | null = null): void {
		if (revision !== this.revision || !this.isLoaded) this.want();
		for (const subject of logs ?? this.logs.keys()) this.logs.get(subject)?.bump();
	}

	/** Bumped when the log of this subject may have grown. The same object for the life of the page. */
	logOf(subject: string): Change {
		const known = this.logs.get(subject) ?? new Change();
		this.logs.set(subject, known);
		return known;
	}

	/** Another person, another scope. */
	forget(): void {
		this.life += 1;
		this.isLoaded = false;
		this.kinds.clear();
		this.lists.clear();
		this.change.bump();
	}

	private want(): void {
		if (this.isShut) return;
		this.isWanted = true;
		if (!this.isAsking) void this.askAll();
	}

	/** One question at a time; what is told meanwhile is asked after it. */
	private async askAll(): Promise<void> {
		this.isAsking = true;
		while (this.isWanted) {
			this.isWanted = false;
			const life = this.life;
			const since = this.isLoaded ? `?since=${this.epoch}.${this.revision}` : "";
			const body = await this.parts.ask(`/api/register${since}`);
			if (life !== this.life) {
				this.isWanted = true;
				continue;
			}
			this.problem = isProblem(body) ? body : this.take(body);
			if (this.problem !== null) {
				this.change.bump();
				this.parts.later(RETRY_MS, () => this.want());
			}
		}
		this.isAsking = false;
	}

	private take(body: unknown): Problem | null {
		const sent = body as Partial<RegisterBody> | null;
		if (sent === null || !Array.isArray(sent.entries) || typeof sent.revision !== "number")
			return problem("bad-answer", "the register is not one");
		if (sent.whole !== false) this.kinds.clear();
		for (const entry of sent.entries as readonly Entry[]) this.keep(entry);
		this.lists.clear();
		this.revision = sent.revision;
		this.epoch = sent.epoch ?? 0;
		this.isLoaded = true;
		this.change.bump();
		return null;
	}

	private keep(entry: Entry): void {
		let known = this.kinds.get(entry.kind);
		if (known === undefined) {
			known = new Map();
			this.kinds.set(entry.kind, known);
		}
		if (entry.removed) known.delete(entry.id);
		else known.set(entry.id, entry);
	}
}
