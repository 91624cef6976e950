// What reach wants written down: collected, stored a batch at a time by the act "reach.note", and offered again while the store
// is down. Nobody waits for it.
import { randomUUID } from "node:crypto";
import type { NewLine } from "#model/register.ts";
import type { ActEngine } from "./act_engine.ts";
import { SYSTEM } from "./act_engine.ts";

/** Lines in one act, and lines kept while the store is down; beyond it the oldest go, counted. */
const BATCH = 1_000;
const KEPT_MAX = 20_000;

export class Notes {
	dropped = 0;
	private kept: NewLine[] = [];
	private writing: Promise<void> | null = null;
	/** The batch under way keeps its id, so that it is stored once. */
	private batch: { readonly commandId: string; readonly lines: readonly NewLine[] } | null = null;
	private readonly acts: Pick<ActEngine, "run">;

	constructor(acts: Pick<ActEngine, "run">) {
		this.acts = acts;
	}

	add(lines: readonly NewLine[]): void {
		for (const line of lines) this.kept.push(line);
		const over = this.kept.length - KEPT_MAX;
		if (over > 0) {
			this.kept.splice(0, over);
			this.dropped += over;
		}
		this.flush();
	}

	/** Also called every second: what was refused is offered again. */
	flush(): void {
		if (this.writing !== null || (this.kept.length === 0 && this.batch === null)) return;
		this.batch ??= { commandId: randomUUID(), lines: this.kept.splice(0, BATCH) };
		const body = this.batch;
		this.writing = this.acts.run({ who: SYSTEM, name: "reach.note", body, source: "system" }).then(
			(answer) => this.written(answer.ok),
			() => this.written(false),
		);
	}

	/** Everything added so far is stored, or was refused once more. */
	async settled(): Promise<void> {
		while (this.writing !== null) await this.writing;
	}

	private written(isStored: boolean): void {
		this.writing = null;
		if (!isStored) return;
		this.batch = null;
		this.flush();
	}
}
