// The bus within one process: core and web as two objects of one program, as tests run them.
// Keeps the contract of ipc.ts: messages in order and never within the sender's call, calls answered later, a closed link rejects.
import type { Clock } from "../clock.ts";
import type { AnswerOf, CallName, CallOf, CoreHost, CoreLink, CoreMessage, Follower } from "./bus.ts";
import { LinkLost } from "./bus_error.ts";

/** Joins web's end to `host`. */
export function connectLocal(host: CoreHost, clock: Clock): CoreLink {
	let handlers: Parameters<CoreLink["follow"]>[0] | null = null;
	let queue: CoreMessage[] = [];
	let waiting = 0;
	let closed = false;

	const deliver = (): void => {
		const due = queue;
		queue = [];
		waiting = 0;
		for (const message of due) if (!closed) handlers?.message(message);
	};
	const follower: Follower = {
		send(message) {
			if (closed) return;
			if (queue.length === 0) setImmediate(deliver);
			queue.push(message);
			waiting += message.type === "delta" ? message.bytes.length : 0;
		},
		get waiting() {
			return waiting;
		},
	};

	return {
		follow(given) {
			if (handlers !== null) throw new Error("this link is followed already");
			handlers = given;
			setImmediate(() => {
				if (closed) return;
				given.link("live", clock.now());
				host.joined(follower);
			});
		},
		async call<N extends CallName>(name: N, body: CallOf<N>): Promise<AnswerOf<N>> {
			if (closed) throw new LinkLost(name);
			const answer = await host.call(name, body);
			if (closed) throw new LinkLost(name);
			return answer;
		},
		async close() {
			if (closed) return;
			closed = true;
			queue = [];
			if (handlers !== null) host.left(follower);
		},
	};
}
