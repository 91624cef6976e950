// A way to a server that can go dead without a word: TCP through a port of its own; while it is cut nothing passes in either
// direction, nothing is closed, and new connections are taken and never answered. It can be cut for WebSockets alone.
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

interface Pair {
	readonly near: Socket;
	readonly far: Socket;
	/** What the near end said first; null: nothing yet. */
	first: Buffer | null;
	isJoined: boolean;
}

const UPGRADE = /\r\nupgrade: websocket\r\n/i;

export class CutWay {
	private dead: "nothing" | "sockets" | "all" = "nothing";
	private readonly pairs = new Set<Pair>();
	private readonly server: Server;

	private constructor(server: Server) {
		this.server = server;
	}

	/** @param port of the server on this machine. */
	static async to(port: number): Promise<CutWay> {
		const server = createServer();
		const way = new CutWay(server);
		server.on("connection", (near) => way.begin(near, connect({ host: "localhost", port })));
		await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
		return way;
	}

	/** As a page knows it. */
	get url(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	cut(what: "sockets" | "all"): void {
		this.dead = what;
		for (const pair of this.pairs) if (this.isDead(pair)) unjoin(pair);
	}

	heal(): void {
		this.dead = "nothing";
		for (const pair of this.pairs) {
			// One that was never cut is not joined twice.
			unjoin(pair);
			if (pair.first !== null) join(pair);
		}
	}

	async close(): Promise<void> {
		const closed = new Promise<void>((done) => this.server.close(() => done()));
		for (const { near, far } of this.pairs) {
			near.destroy();
			far.destroy();
		}
		await closed;
	}

	private begin(near: Socket, far: Socket): void {
		const pair: Pair = { near, far, first: null, isJoined: false };
		this.pairs.add(pair);
		for (const socket of [near, far]) {
			// A peer that goes away takes the other end with it; why it went is its own matter.
			socket.on("error", () => socket.destroy());
			socket.once("close", () => {
				this.pairs.delete(pair);
				near.destroy();
				far.destroy();
			});
		}
		near.once("data", (first) => {
			pair.first = first;
			near.pause();
			if (!this.isDead(pair)) join(pair);
		});
	}

	private isDead({ first }: Pair): boolean {
		return this.dead === "all" || (this.dead === "sockets" && first !== null && UPGRADE.test(first.toString("latin1")));
	}
}

/** What was said first goes first, once. */
function join(pair: Pair): void {
	const { near, far, first } = pair;
	if (!pair.isJoined && first !== null) far.write(first);
	pair.isJoined = true;
	near.pipe(far);
	far.pipe(near);
}

function unjoin({ near, far }: Pair): void {
	near.unpipe(far);
	far.unpipe(near);
	near.pause();
	far.pause();
}
