// The HJ 212 door: TCP, one connection per device or gateway. Decodes, checks MN and PW, turns factors into readings and
// answers 9014 only after the commit that holds them (HJ 212-2017 clause 6.6). Opened by core; it judges and stores nothing.
import { createServer } from "node:net";
import type { Door, DoorContext } from "./door.ts";
import { Connection } from "./hj212/connection.ts";
import { Desk, type Hj212Counts } from "./hj212/desk.ts";
import { addressOf, listen, type SocketLimitOptions, SocketLimits } from "./tcp.ts";

export interface Hj212Options extends SocketLimitOptions {
	readonly host: string;
	/** 0: a free one. */
	readonly port: number;
}

export async function openHj212Door(
	options: Hj212Options,
	context: DoorContext,
): Promise<Door & { readonly counts: Readonly<Hj212Counts> }> {
	const desk = new Desk(context);
	const limits = new SocketLimits(options);
	const connections = new Set<Connection>();
	const server = createServer({ allowHalfOpen: true }, (socket) => {
		const bound = limits.enter(socket);
		if (bound !== null) {
			context.refused("hj212", addressOf(socket), bound, new Uint8Array());
			socket.destroy();
			return;
		}
		const connection = new Connection(socket, context, (segment, from) => desk.judge(segment, from));
		connections.add(connection);
		void connection.closed.then(() => connections.delete(connection));
	});
	const failed = (error: Error): void => context.log.warn(`hj212 door: ${error.message}`);
	try {
		const address = await listen(server, options.host, options.port, failed);
		return { name: "hj212", address, counts: desk.counts, close };
	} catch (error) {
		desk.close();
		throw error;
	}

	async function close(): Promise<void> {
		const closed = new Promise<void>((resolve) => server.close(() => resolve()));
		await Promise.all([...connections].map((connection) => connection.close()));
		await closed;
		desk.close();
	}
}
