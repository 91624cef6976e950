// A screen and its session with two queues between them: the test says what is delivered and when, so that every interleaving is
// written out and nothing sleeps.
import type { Follow } from "../../geodata/model/protocol.ts";
import { followSchema } from "../../geodata/model/protocol.ts";
import type { Who } from "../../geodata/model/rights.ts";
import type { Port } from "../../server/wire/port.ts";
import type { SessionParts } from "../../server/wire/session.ts";
import { Session } from "../../server/wire/session.ts";
import type { Down, Up } from "./page.ts";
import { Page } from "./page.ts";

export class SocketPair {
	readonly page: Page;
	readonly down: Down[] = [];
	readonly up: Up[] = [];
	readonly session: Session;
	closed = false;
	/** What `port.waiting` says instead of the queue's length. */
	waiting: number | null = null;

	constructor(who: Who, parts: SessionParts, page: Page = new Page(), id = "pair") {
		this.page = page;
		page.reconnect();
		const pair = this;
		const push = (event: string) => (payload: unknown) => void this.down.push([event, payload] as Down);
		const port: Port = {
			hello: push("hello"),
			delta: push("delta"),
			alarms: push("alarms"),
			alarm: push("alarm"),
			urgent: push("urgent"),
			beat: push("beat"),
			notice: push("notice"),
			problem: push("problem"),
			get waiting() {
				return pair.waiting ?? 0;
			},
			close: () => {
				this.closed = true;
			},
		};
		this.session = new Session(id, who, port, parts);
		this.session.greet();
	}

	/** The page says what it follows; it is under way until `deliverUp`. */
	follow(change: Partial<Follow> = {}): void {
		this.up.push(this.page.follow(change));
	}

	/** Packets to the page, the oldest first. @returns how many were delivered. */
	deliverDown(count = Number.POSITIVE_INFINITY): number {
		let done = 0;
		while (done < count && this.down.length > 0) {
			this.up.push(...this.page.take(this.down.shift()!));
			done += 1;
		}
		return done;
	}

	deliverUp(count = Number.POSITIVE_INFINITY): number {
		let done = 0;
		while (done < count && this.up.length > 0) {
			const [event, body] = this.up.shift()!;
			if (event === "follow") this.session.follow(followSchema.parse(body));
			else if (event === "got") this.session.got((body as { revision: number }).revision);
			done += 1;
		}
		return done;
	}

	/** Everything under way, both ways, until nothing moves. */
	settle(): void {
		while (this.deliverUp() + this.deliverDown() > 0);
	}
}
