// A way to a server that can go dead without a word: TCP through a port of its own; while it is cut nothing passes in either
// direction, nothing is closed, and new connections are taken and never answered.
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

export class CutWay {
	private isCut = false;
	private readonly pairs = new Set<readonly [Socket, Socket]>();
	private readonly server: Server;

	private constructor(server: Server) {
		this.server = server;
	}

	/** @param port of the server on this machine. */
	static async to(port: number): Promise<CutWay> {
		const server = createServer();
		const way = new CutWay(server);
		server.on("connection", (near) => way.join(near, connect({ host: "localhost", port })));
		await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
		return way;
	}

	/** As a page knows it. */
	get url(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	cut(): void {
		this.isCut = true;
		for (const [near, far] of this.pairs) unjoin(near, far);
	}

	heal(): void {
		this.isCut = false;
		for (const [near, far] of this.pairs) rejoin(near, far);
	}

	async close(): Promise<void> {
		const closed = new Promise<void>((done) => this.server.close(() => done()));
		for (const pair of this.pairs) for (const socket of pair) socket.destroy();
		await closed;
	}

	private join(near: Socket, far: Socket): void {
		const pair = [near, far] as const;
		this.pairs.add(pair);
		for (const socket of pair) {
			// A peer that goes away takes the other end with it; why it went is its own matter.
			socket.on("error", () => socket.destroy());
			socket.once("close", () => {
				this.pairs.delete(pair);
				near.destroy();
				far.destroy();
			});
		}
		if (!this.isCut) rejoin(near, far);
	}
}

function unjoin(near: Socket, far: Socket): void {
	near.unpipe(far);
	far.unpipe(near);
	near.pause();
	far.pause();
}

function rejoin(near: Socket, far: Socket): void {
	near.pipe(far);
	far.pipe(near);
}
