// One server per data folder: a listening Unix socket in it. The kernel frees it with the process, however that ended; a socket
// file that nobody listens on is left over and is replaced.
import { rm } from "node:fs/promises";
import { connect, createServer, type Server } from "node:net";

export interface Lock {
	release(): Promise<void>;
}

/** @returns null when another server holds the folder. */
export async function takeLock(path: string): Promise<Lock | null> {
	for (let attempt = 0; attempt < 3; attempt++) {
		const server = await listenOn(path);
		if (server !== null) return { release: () => new Promise((resolve) => server.close(() => resolve())) };
		if (await isAlive(path)) return null;
		await rm(path, { force: true });
	}
	return null;
}

function listenOn(path: string): Promise<Server | null> {
	return new Promise((resolve, reject) => {
		const server = createServer((socket) => socket.end());
		server.unref();
		server.once("error", (error: NodeJS.ErrnoException) =>
			error.code === "EADDRINUSE" ? resolve(null) : reject(error),
		);
		server.listen(path, () => resolve(server));
	});
}

function isAlive(path: string): Promise<boolean> {
	return new Promise((resolve) => {
		const socket = connect(path);
		socket.once("connect", () => {
			socket.destroy();
			resolve(true);
		});
		socket.once("error", () => resolve(false));
	});
}
