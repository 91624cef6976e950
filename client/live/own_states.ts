// States of the rows for people who get no rows of the table (an enterprise: a cell of it holds neighbours): asked of the server every
// ten seconds and when an alarm of theirs moves, and handed to the painter, so that their map says what their list says. Made by
// live.ts; for everybody else it asks nothing. It never writes into the page's table.
import { Quality } from "#model/measure.ts";
import { isProblem } from "#model/problem.ts";
import type { RowStates } from "./status.ts";

const AGAIN_MS = 10_000;
/** A storm of alarms is not a storm of questions. */
const SOONEST_MS = 1_000;
/** The most that the server gives an enterprise its own assets in one answer. */
const PATH = "/api/assets?limit=1000";

interface OwnStatesParts {
	readonly ask: (path: string) => Promise<unknown>;
	/** Monotonic ms. */
	readonly elapsed: () => number;
	/** null: the table says it. */
	readonly show: (states: RowStates | null) => void;
}

interface Channel {
	readonly row: number;
	readonly severity: number;
	readonly quality: string;
}

export class OwnStates {
	private readonly parts: OwnStatesParts;
	private isShut = false;
	private askedAt = Number.NEGATIVE_INFINITY;
	private isAsking = false;
	private isWanted = false;
	/** Answers to a question of an earlier greeting are another person's, or rows of another life. */
	private life = 0;

	constructor(parts: OwnStatesParts) {
		this.parts = parts;
	}

	/** The server said who this is. @param may true: rows come by the table. */
	greeted(may: boolean): void {
		this.life += 1;
		this.isShut = !may;
		this.askedAt = Number.NEGATIVE_INFINITY;
		if (may) this.parts.show(null);
		else this.want();
	}

	/** Something of it has moved. */
	want(): void {
		this.isWanted = true;
		this.look();
	}

	/** Every second. */
	tick(): void {
		if (this.sinceMs() >= AGAIN_MS) this.isWanted = true;
		this.look();
	}

	private sinceMs(): number {
		return this.parts.elapsed() - this.askedAt;
	}

	private look(): void {
		if (this.isShut && this.isWanted && !this.isAsking && this.sinceMs() >= SOONEST_MS) void this.askNow();
	}

	private async askNow(): Promise<void> {
		const { life } = this;
		this.isWanted = false;
		this.isAsking = true;
		this.askedAt = this.parts.elapsed();
		try {
			const body = await this.parts.ask(PATH);
			// Away for a moment: what was known stays, the link says how old everything is.
			if (life === this.life && !isProblem(body)) this.parts.show(statesOf(body));
		} finally {
			this.isAsking = false;
		}
		// Greeted anew meanwhile.
		if (life !== this.life) this.look();
	}
}

function statesOf(body: unknown): RowStates {
	const { features } = body as { features: readonly { properties: { channels: readonly Channel[] } }[] };
	const channels = features.flatMap(({ properties }) => properties.channels);
	const size = channels.reduce((most, { row }) => Math.max(most, row + 1), 0);
	const severity = new Uint8Array(size);
	const quality = new Uint8Array(size);
	const codes: Readonly<Record<string, number>> = Quality;
	for (const { row, severity: level, quality: name } of channels) {
		severity[row] = level;
		quality[row] = codes[name] ?? Quality.none;
	}
	return { severity, quality };
}
