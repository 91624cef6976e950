// Screens of the baseline server: they count updates and do nothing else. Argument: mode. Asked: join, mark, leave.
import { connect, type Socket as TcpSocket } from "node:net";
import { io, type Socket } from "socket.io-client";
import type { Mode } from "./baseline_server.ts";
import { serveParent } from "./processes.ts";

export interface ClientFigures {
	readonly updates: number;
	readonly bytes: number;
}

type Question =
	| { readonly type: "join"; readonly port: number; readonly count: number }
	| { readonly type: "mark" }
	| { readonly type: "leave" };

const mode = process.argv[2] as Mode;
const UPDATE_BYTES = 12;

let updates = 0;
let tcp: TcpSocket[] = [];
let sockets: Socket[] = [];
let lastBytes = 0;

function joinSocketIo(port: number): Promise<void> {
	return new Promise((ready, reject) => {
		const socket = io(`http://127.0.0.1:${port}`, { transports: ["websocket"], forceNew: true, reconnection: false });
		socket.on("u", () => {
			updates += 1;
		});
		socket.on("d", (bytes: Uint8Array) => {
			updates += bytes.length / UPDATE_BYTES;
		});
		socket.on("connect", () => ready());
		socket.on("connect_error", reject);
		sockets.push(socket);
	});
}

function joinTcp(port: number): Promise<void> {
	return new Promise((ready, reject) => {
		const socket = connect(port, "127.0.0.1", () => ready());
		socket.on("error", reject);
		socket.on("data", (chunk) => {
			updates += chunk.length / UPDATE_BYTES;
		});
		tcp.push(socket);
	});
}

function bytesOf(socket: Socket): number {
	const engine = socket.io.engine as unknown as { transport?: { ws?: { _socket?: { bytesRead: number } } } };
	return engine?.transport?.ws?._socket?.bytesRead ?? 0;
}

function mark(): ClientFigures {
	const all =
		tcp.reduce((sum, { bytesRead }) => sum + bytesRead, 0) + sockets.reduce((sum, one) => sum + bytesOf(one), 0);
	const figures = { updates, bytes: all - lastBytes };
	lastBytes = all;
	updates = 0;
	return figures;
}

await serveParent(async (question: Question) => {
	if (question.type === "join") {
		for (let index = 0; index < question.count; index++) {
			await (mode === "tcp" ? joinTcp(question.port) : joinSocketIo(question.port));
		}
	}
	if (question.type === "leave") {
		for (const socket of sockets) socket.disconnect();
		for (const socket of tcp) socket.destroy();
		sockets = [];
		tcp = [];
		lastBytes = 0;
	}
	return mark();
});
