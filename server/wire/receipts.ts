// What screens report goes to core in batches: receipts (received, rendered, sounding) and when each screen last painted, so
// that core can tell an alarm nobody saw and a wall that froze.
import type { CallOf, CoreLink } from "../bus/bus.ts";
import type { Clock } from "../clock.ts";
import type { Session } from "./session.ts";

type Receipt = CallOf<"receipts">["receipts"][number];

const EVERY_MS = 500;
/** Receipts kept while core is away; beyond it the oldest go, counted in `dropped`. */
const KEPT_MAX = 20_000;
/** Receipts in one call. */
const BATCH = 2_000;

export class Receipts {
	dropped = 0;
	missedReports = 0;
	private kept: Receipt[] = [];
	private sending: Promise<void> | null = null;
	private readonly core: CoreLink;
	private readonly sessions: () => Iterable<Session>;
	private readonly stops: (() => void)[];

	constructor(core: CoreLink, clock: Clock, sessions: () => Iterable<Session>, screensEveryMs: number) {
		this.core = core;
		this.sessions = sessions;
		this.stops = [clock.every(EVERY_MS, () => this.flush()), clock.every(screensEveryMs, () => this.tellScreens())];
	}

	add(receipt: Receipt): void {
		if (this.kept.length >= KEPT_MAX) {
			this.kept.shift();
			this.dropped += 1;
		}
		this.kept.push(receipt);
	}

	/** Web itself has heard the self-test; each page answers for itself. */
	selfTest(n: number, at: number): void {
		this.add({ seq: n, screen: "web", user: "web", stage: "received", at, selfTest: true });
	}

	/** Sends what is kept, one batch at a time; what core did not take is sent again. */
	flush(): void {
		if (this.sending !== null || this.kept.length === 0) return;
		const batch = this.kept.splice(0, BATCH);
		this.sending = this.core.call("receipts", { receipts: batch }).then(
			() => {
				this.sending = null;
			},
			() => {
				this.sending = null;
				const room = Math.max(0, KEPT_MAX - this.kept.length);
				this.dropped += Math.max(0, batch.length - room);
				this.kept.unshift(...batch.slice(batch.length - Math.min(room, batch.length)));
			},
		);
	}

	async close(): Promise<void> {
		for (const stop of this.stops) stop();
		await this.sending;
		this.flush();
		await this.sending;
	}

	private tellScreens(): void {
		const screens = Array.from(this.sessions(), (session) => ({
			id: session.id,
			user: session.who.user,
			roles: session.who.roles,
			scope: session.who.scope,
			desk: session.desk,
			paintedAt: session.paintedAt,
			paintedRevision: session.paintedRevision,
			wall: session.who.roles.includes("wall"),
		}));
		this.core.call("screens", { screens }).then(undefined, () => {
			// Core is away: the next report, two seconds on, holds all of it again.
			this.missedReports += 1;
		});
	}
}
