// Web's streaming side without sockets: mirror, views, pace and sessions over pairs of queues, as wire/server.ts wires them.
import type { Who } from "../../geodata/model/rights.ts";
import { WHOLE_PROVINCE } from "../../geodata/model/rights.ts";
import { Mirror } from "../../server/bus/mirror.ts";
import type { Clock } from "../../server/clock.ts";
import { Broadcast } from "../../server/wire/broadcast.ts";
import { Pace } from "../../server/wire/pace.ts";
import type { SessionParts } from "../../server/wire/session.ts";
import { Views } from "../../server/wire/view.ts";
import type { Page } from "./page.ts";
import type { Province } from "./province.ts";
import { SocketPair } from "./socket_pair.ts";
import { TestLink } from "./test_link.ts";

export const everybody: Who = { user: "anna", roles: ["duty"], scope: WHOLE_PROVINCE };

export class WebSide {
	readonly link: TestLink;
	readonly mirror: Mirror;
	readonly pace: Pace;
	readonly pairs = new Set<SocketPair>();
	readonly parts: SessionParts;
	private readonly stop: () => void;

	constructor(clock: Clock, store: () => Province) {
		this.link = new TestLink(() => clock.now());
		this.mirror = new Mirror(this.link, clock);
		this.pace = new Pace(this.mirror, clock);
		const views = new Views(this.mirror);
		this.parts = {
			mirror: this.mirror,
			views,
			pace: this.pace,
			store: { transitions: (after, limit) => store().store().transitions(after, limit) },
			clock,
			build: "test",
			fault: (error) => {
				throw error;
			},
		};
		const sessions = (): Iterable<SocketPair["session"]> => Array.from(this.pairs, (pair) => pair.session);
		this.stop = this.mirror.listen(new Broadcast(this.pace, views, sessions));
	}

	join(who: Who = everybody, page?: Page): SocketPair {
		const pair = new SocketPair(who, this.parts, page);
		this.pairs.add(pair);
		return pair;
	}

	leave(pair: SocketPair): void {
		this.pairs.delete(pair);
	}

	close(): void {
		this.stop();
		this.link.cut();
		this.mirror.close();
	}
}
