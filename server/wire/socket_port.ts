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

export function socketPort(socket: ScreenSocket, sent: Sent): Port {
	return {
		hello: (hello) => void socket.emit("hello", hello),
		delta(delta) {
			sent.deltas += 1;
			if (delta instanceof Uint8Array) sent.deltaBytes += delta.length;
			socket.emit("delta", delta);
		},
		alarms(list) {
			sent.lists += 1;
			socket.emit("alarms", list);
		},
		alarm(news) {
			sent.alarms += 1;
			socket.emit("alarm", news);
		},
		urgent(news) {
			sent.alarms += 1;
			socket.emit("urgent", news);
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
