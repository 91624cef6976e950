// What a session needs of its socket. server.ts makes one over Socket.IO, tests one over two queues that they empty by hand.
import type { Transition } from "#model/alarm.ts";
import type { DeltaJson } from "#model/delta_json.ts";
import type { Problem } from "#model/problem.ts";
import type { AlarmList, AlarmNews, Beat, Hello, Notice } from "#model/protocol.ts";

export interface Port {
	hello(hello: Hello): void;
	delta(delta: Uint8Array | DeltaJson): void;
	alarms(list: AlarmList): void;
	alarm(news: AlarmNews): void;
	urgent(news: Transition): void;
	beat(beat: Beat): void;
	notice(notice: Notice): void;
	problem(problem: Problem): void;
	/** Packets handed over and not yet taken by the network. */
	readonly waiting: number;
	close(): void;
}
