// Sends records whose business is long over to the archive (model/archive.ts), an act of the system at a time. Made by the heart; it
// decides nothing itself, changes nothing but by acts, and what it could not do is done at the next look.
import { LEAVE_AT_ONCE, type Leave, leavesAt } from "#model/archive.ts";
import { recordKindIds } from "#model/register.ts";
import type { Clock } from "../clock.ts";
import { type ActEngine, SYSTEM } from "./act_engine.ts";
import { archiveWorld } from "./acts/archive.ts";
import type { Register } from "./register.ts";

/** Nothing waits for it: an hour more at hand harms nobody. */
export const ARCHIVE_LOOK_MS = 60 * 60_000;
/** Not in the rush of a start. */
const FIRST_LOOK_MS = 60_000;

export interface ArchivistParts {
	readonly acts: Pick<ActEngine, "run">;
	readonly register: Pick<Register, "all" | "everything">;
	readonly clock: Clock;
	readonly warn: (message: string) => void;
}

export class Archivist {
	private readonly parts: ArchivistParts;
	private stops: (() => void)[] = [];
	private busy: Promise<void> | null = null;
	private acted = 0;
	private isStopped = false;

	constructor(parts: ArchivistParts) {
		this.parts = parts;
	}

	start(): void {
		const { clock } = this.parts;
		const look = (): void => void this.look();
		this.stops = [clock.after(FIRST_LOOK_MS, look), clock.every(ARCHIVE_LOOK_MS, look)];
	}

	/** Resolves when everything that was due has left, or the store refused. */
	look(): Promise<void> {
		this.busy ??= this.round()
			.catch((error: Error) => this.parts.warn(`records could not be archived: ${error.message}`))
			.finally(() => {
				this.busy = null;
			});
		return this.busy;
	}

	async stop(): Promise<void> {
		this.isStopped = true;
		for (const end of this.stops) end();
		await this.busy;
	}

	private async round(): Promise<void> {
		const due = this.due();
		while (due.length > 0 && !this.isStopped) {
			this.acted += 1;
			const commandId = `archive-${this.parts.clock.now()}-${this.acted}`;
			const body = { commandId, entries: due.splice(0, LEAVE_AT_ONCE) };
			const answer = await this.parts.acts.run({ who: SYSTEM, name: "register.archive", body, source: "system" });
			if (answer.ok || answer.problem === "already") continue;
			this.parts.warn(`records could not be archived: ${answer.problem}`);
			return;
		}
	}

	private due(): Pick<Leave, "kind" | "id">[] {
		const { register, clock } = this.parts;
		const now = clock.now();
		const world = archiveWorld(register);
		return recordKindIds
			.flatMap((kind) => register.everything(kind))
			.filter((entry) => (leavesAt(entry, world)?.at ?? Number.POSITIVE_INFINITY) <= now)
			.map(({ kind, id }) => ({ kind, id }));
	}
}
