// A bus whose deliveries the test makes: messages wait until `flush`, the link is cut and made again when the test says so.
import type { AnswerOf, CallName, CallOf, CoreHost, CoreLink, CoreMessage, Follower } from "../../server/bus/bus.ts";
import { LinkLost } from "../../server/bus/bus_error.ts";

export class TestLink implements CoreLink {
	private handlers: Parameters<CoreLink["follow"]>[0] | null = null;
	private host: CoreHost | null = null;
	private follower: Follower | null = null;
	private queue: CoreMessage[] = [];
	private readonly now: () => number;

	constructor(now: () => number) {
		this.now = now;
	}

	follow(handlers: Parameters<CoreLink["follow"]>[0]): void {
		this.handlers = handlers;
	}

	/** Core is there: its opening messages wait for `flush`. */
	attach(host: CoreHost): void {
		if (this.host !== null) throw new Error("attached already");
		this.host = host;
		const queue = this.queue;
		this.follower = { send: (message) => void queue.push(message), waiting: 0 };
		this.handlers?.link("live", this.now());
		host.joined(this.follower);
	}

	/** Core is gone, with everything that was under way. */
	cut(): void {
		if (this.host === null || this.follower === null) return;
		this.host.left(this.follower);
		this.host = null;
		this.queue = [];
		this.handlers?.link("lost", this.now());
	}

	flush(): void {
		for (let message = this.queue.shift(); message !== undefined; message = this.queue.shift()) {
			this.handlers?.message(message);
		}
	}

	call<N extends CallName>(name: N, body: CallOf<N>): Promise<AnswerOf<N>> {
		return this.host === null ? Promise.reject(new LinkLost(name)) : this.host.call(name, body);
	}

	async close(): Promise<void> {
		this.cut();
	}
}
