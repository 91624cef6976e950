// Commits may end in any order, answers must not: HJ 212 loggers and MQTT (3.1.1, rule 4.6.0-2) expect them in the order of
// the messages. One per connection; the doors bound how much waits in it. No timers, no sockets.

interface Place {
	/** Null while the message is under way. */
	run: (() => void) | null;
}

export class InOrder {
	readonly #places: Place[] = [];

	/** Messages that are not finished, or wait behind one that is not. */
	get waiting(): number {
		return this.#places.length;
	}

	/** Takes the next place. @returns to be called once, with what is due when everything before it is finished. */
	open(): (run: () => void) => void {
		const place: Place = { run: null };
		this.#places.push(place);
		return (run) => {
			place.run = run;
			this.#advance();
		};
	}

	#advance(): void {
		for (;;) {
			const run = this.#places[0]?.run;
			if (run == null) return;
			this.#places.shift();
			run();
		}
	}
}
