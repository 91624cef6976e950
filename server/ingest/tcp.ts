// What the TCP doors share: listening, and how many connections they hold, in all and per address, so that strangers cannot
// take every place. It reads and writes nothing.
import type { Server, Socket } from "node:net";

export interface SocketLimitOptions {
	/** Connections of one foreign address. Raise it where many devices stand behind one gateway or NAT. */
	readonly perAddress?: number;
	/** Connections in all. */
	readonly sockets?: number;
}

const PER_ADDRESS = 20;
/** Programs of this machine (a tunnel, a gateway, the simulator) dial one connection per device. */
const PER_LOOPBACK = 10_000;
const SOCKETS = 12_000;

export type SocketLimitCode = "too-many-sockets" | "too-many-from-address";

export class SocketLimits {
	readonly #perAddress: number;
	readonly #perLoopback: number;
	readonly #sockets: number;
	readonly #count = new Map<string, number>();
	#total = 0;

	constructor(options: SocketLimitOptions) {
		this.#perAddress = options.perAddress ?? PER_ADDRESS;
		this.#perLoopback = options.perAddress ?? PER_LOOPBACK;
		this.#sockets = options.sockets ?? SOCKETS;
	}

	/** Takes a place for the socket until it closes. @returns the code of the bound that stands against it, null: welcome. */
	enter(socket: Socket): SocketLimitCode | null {
		const address = addressOf(socket);
		const before = this.#count.get(address) ?? 0;
		if (this.#total >= this.#sockets) return "too-many-sockets";
		if (before >= (isLoopback(address) ? this.#perLoopback : this.#perAddress)) return "too-many-from-address";
		this.#count.set(address, before + 1);
		this.#total++;
		socket.once("close", () => this.#leave(address));
		return null;
	}

	#leave(address: string): void {
		const left = (this.#count.get(address) ?? 1) - 1;
		if (left === 0) this.#count.delete(address);
		else this.#count.set(address, left);
		this.#total--;
	}
}

/** The peer's IP address; an IPv4 address mapped into IPv6 is shown as IPv4. Empty when the peer is gone already. */
export function addressOf(socket: Socket): string {
	return (socket.remoteAddress ?? "").replace(/^::ffff:/i, "");
}

function isLoopback(address: string): boolean {
	return address === "::1" || address.startsWith("127.");
}

/**
 * @param failed hears what goes wrong later, e.g. no file handles left for one more connection; the door goes on.
 * @returns "127.0.0.1:9212", "[::1]:9212". Rejects when the port cannot be had.
 */
export function listen(server: Server, host: string, port: number, failed: (error: Error) => void): Promise<string> {
	return new Promise((resolve, reject) => {
		server.once("error", reject);
		server.listen(port, host, () => {
			server.off("error", reject);
			server.on("error", failed);
			const address = server.address();
			if (address === null || typeof address !== "object") return reject(new Error("a TCP server has an address"));
			const shown = address.family === "IPv6" ? `[${address.address}]` : address.address;
			resolve(`${shown}:${address.port}`);
		});
	});
}
