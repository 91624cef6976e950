// A session's port over Socket.IO: one call, one packet. Counts what goes out; decides nothing.
import type { DefaultEventsMap, Socket } from "socket.io";
import type { ClientToServer, ServerToClient } from "#model/protocol.ts";
import type { Port } from "./port.ts";

export type ScreenSocket = Socket<ClientToServer, ServerToClient, DefaultEventsMap, unknown>;

export interface Sent {
	deltas: number;
	deltaBytes: number;
	alarms: number;
	lists: number;
}

/** The parts of Engine.IO's socket that decide when it writes; version 6.6, pinned. */
interface Engine {
	readonly transport: { writable: boolean };
	flush(): void;
}

/**
 * Socket.IO sends bytes as two frames, and the second waits for the kernel to have taken the first: two system calls a screen and
 * tick, which are a third of web's CPU. Held back until both are there, they go as one.
 */
function together(socket: ScreenSocket, emit: () => void): void {
	const engine = socket.conn as unknown as Engine;
	const { transport } = engine;
	// Busy with a packet before: both wait behind it and go together anyway.
	if (!transport.writable) {
		emit();
		return;
	}
	const tcp = socket.request.socket;
	transport.writable = false;
	emit();
	transport.writable = true;
	tcp.cork();
	engine.flush();
	tcp.uncork();
}

export function socketPort(socket: ScreenSocket, sent: Sent): Port {
	return {
		hello: (hello) => void socket.emit("hello", hello),
		delta(delta) {
			sent.deltas += 1;
			if (delta instanceof Uint8Array) sent.deltaBytes += delta.length;
			together(socket, () => socket.emit("delta", delta));
		},
		alarms(list) {
			sent.lists += 1;
			socket.emit("alarms", list);
		},
		alarm(news) {
			sent.alarms += 1;
			socket.emit("alarm", news);
		},
		beat: (beat) => void socket.emit("beat", beat),
		notice: (notice) => void socket.emit("notice", notice),
		problem: (problem) => void socket.emit("problem", problem),
		get waiting() {
			// Packets that the transport has not taken: it takes the next ones only when the kernel took the last.
			return (socket.conn as unknown as { readonly writeBuffer: readonly unknown[] }).writeBuffer.length;
		},
		close: () => void socket.disconnect(true),
	};
}
