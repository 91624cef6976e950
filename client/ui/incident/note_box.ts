// What a person writes for an incident, kept on this machine until the server has it: the sentence half written (draft) and what
// was sent while nobody answered (waiting). One for each incident and person. A repeated send is the same command, so that
// nothing is said twice; what the server refuses for good stays here with its reason until the person takes it back.
import { isProblem, type Problem } from "#model/problem.ts";
import { Change } from "../../live/change.ts";

/** What localStorage does. */
export interface Shelf {
	getItem(key: string): string | null;
	setItem(key: string, text: string): void;
	removeItem(key: string): void;
}

export interface Waiting {
	readonly commandId: string;
	/** Name of the act. */
	readonly act: string;
	/** Its body without the command's id. */
	readonly body: Readonly<Record<string, unknown>>;
	/** What the person wrote, shown while it waits. */
	readonly text: string;
	/** Server time when it was sent first. */
	readonly at: number;
	/** Refused for good, and why; null: it is tried again. */
	readonly refusal: Problem | null;
}

export interface NoteBoxParts {
	readonly shelf: Shelf;
	readonly incident: string;
	readonly user: string;
	/** @returns what the server said, or a Problem. */
	readonly post: (act: string, body: Readonly<Record<string, unknown>>) => Promise<unknown>;
	readonly makeId: () => string;
	readonly later: (ms: number, act: () => void) => void;
	/** Told of our own bugs and of a storage that cannot keep. */
	readonly fault: (fault: unknown) => void;
}

const RETRY_MS = 3_000;
/** Nobody decided: the network, the core or the store was away. Signed out: the person signs in again. */
const UNDECIDED: ReadonlySet<string> = new Set([
	"offline",
	"timeout",
	"aborted",
	"bad-answer",
	"unanswered",
	"core-away",
	"store-away",
	"unrecorded",
	"server-fault",
	"internal",
	"unauthorized",
	"slow-down",
]);

export function isUndecided({ problem }: Problem): boolean {
	return UNDECIDED.has(problem);
}

export class NoteBox {
	readonly change = new Change();
	/** False: this machine cannot keep it; it lives as long as the page. */
	isKept = true;
	private readonly parts: NoteBoxParts;
	private readonly draftKey: string;
	private readonly waitingKey: string;
	private draftText: string;
	private notes: readonly Waiting[];
	private isSending = false;
	private isPlanned = false;

	constructor(parts: NoteBoxParts) {
		this.parts = parts;
		this.draftKey = `liaowang.draft.${parts.incident}.${parts.user}`;
		this.waitingKey = `liaowang.waiting.${parts.incident}.${parts.user}`;
		this.draftText = parts.shelf.getItem(this.draftKey) ?? "";
		this.notes = readWaiting(parts.shelf.getItem(this.waitingKey), parts.fault);
	}

	get draft(): string {
		return this.draftText;
	}

	/** In the order in which they were sent. */
	get waiting(): readonly Waiting[] {
		return this.notes;
	}

	write(text: string): void {
		this.draftText = text;
		this.keep(this.draftKey, text);
		this.change.bump();
	}

	/** The draft becomes a command; it leaves the box when the server has it. */
	send(act: string, body: Readonly<Record<string, unknown>>, at: number): void {
		const text = this.draftText.trim();
		if (text === "") return;
		const note: Waiting = { commandId: this.parts.makeId(), act, body, text, at, refusal: null };
		this.put([...this.notes, note]);
		this.write("");
		this.flush();
	}

	/** Tries what waits, in order; called at the start, when the link is back, and by itself while something waits. */
	flush(): void {
		if (this.isSending) return;
		this.isSending = true;
		this.sendAll()
			.catch(this.parts.fault)
			.finally(() => {
				this.isSending = false;
				this.plan();
			});
	}

	/** What was refused goes back into the field, before what stands there. */
	takeBack(commandId: string): void {
		const note = this.notes.find((one) => one.commandId === commandId);
		if (note === undefined) return;
		this.put(this.notes.filter((one) => one !== note));
		this.write(this.draftText.trim() === "" ? note.text : `${note.text}\n${this.draftText}`);
	}

	private async sendAll(): Promise<void> {
		for (;;) {
			// Asked anew each time: more may have been written while the last one was on its way.
			const note = this.notes.find(({ refusal }) => refusal === null);
			if (note === undefined) return;
			const answer = await this.parts.post(note.act, { ...note.body, commandId: note.commandId });
			const told = refusalOf(answer);
			if (told === null) this.put(this.notes.filter(({ commandId }) => commandId !== note.commandId));
			else if (isUndecided(told)) return;
			else this.put(this.notes.map((one) => (one.commandId === note.commandId ? { ...one, refusal: told } : one)));
		}
	}

	private plan(): void {
		if (this.isPlanned || !this.notes.some(({ refusal }) => refusal === null)) return;
		this.isPlanned = true;
		this.parts.later(RETRY_MS, () => {
			this.isPlanned = false;
			this.flush();
		});
	}

	private put(notes: readonly Waiting[]): void {
		this.notes = notes;
		this.keep(this.waitingKey, notes.length === 0 ? "" : JSON.stringify(notes));
		this.change.bump();
	}

	private keep(key: string, text: string): void {
		try {
			if (text === "") this.parts.shelf.removeItem(key);
			else this.parts.shelf.setItem(key, text);
			this.isKept = true;
		} catch (fault) {
			// A full or forbidden storage: said beside the field, and to the console once.
			if (this.isKept) this.parts.fault(fault);
			this.isKept = false;
		}
	}
}

function refusalOf(answer: unknown): Problem | null {
	return isProblem(answer) ? answer : null;
}

function readWaiting(text: string | null, tell: (fault: unknown) => void): readonly Waiting[] {
	if (text === null) return [];
	try {
		const list: unknown = JSON.parse(text);
		return Array.isArray(list) ? list.filter(isWaiting) : [];
	} catch (fault) {
		tell(fault);
		return [];
	}
}

function isWaiting(value: unknown): value is Waiting {
	const { commandId, act, text, body } = (value ?? {}) as Partial<Waiting>;
	return (
		typeof commandId === "string" && typeof act === "string" && typeof text === "string" && typeof body === "object"
	);
}
