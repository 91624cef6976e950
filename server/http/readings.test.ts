import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import express from "express";
import { expect, onTestFinished, test } from "vitest";
import type { HttpParts } from "./parts.ts";
import { readingsRoutes } from "./readings.ts";

/** Web's half of the door, in front of a core that refuses by the headers alone, as it does with a bad key or a length beyond the bound. */
async function inFrontOfRefusal(): Promise<number> {
	const folder = await mkdtemp(join(tmpdir(), "liaowang-readings-"));
	const path = join(folder, "core.sock");
	const core = createServer((request, response) => {
		request.resume();
		response.writeHead(413, { "Content-Length": 2 }).end("{}");
	});
	await new Promise<void>((resolve) => core.listen(path, resolve));
	const [route] = readingsRoutes({ readingsSocket: path, clock: { now: () => 0 } } as unknown as HttpParts);
	if (route?.type !== "stream") throw new Error("readings are streamed");
	const app = express();
	app.post(route.path, (request, response, next) => route.stream(request, response, next));
	const web = createServer(app);
	await new Promise<void>((resolve) => web.listen(0, "127.0.0.1", resolve));
	onTestFinished(async () => {
		for (const server of [web, core]) {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		}
		await rm(folder, { recursive: true, force: true });
	});
	return (web.address() as AddressInfo).port;
}

test("J1 a sender that reads only when it has sent everything still gets the refusal, and its connection goes on", async () => {
	const socket = connect(await inFrontOfRefusal(), "127.0.0.1");
	onTestFinished(() => void socket.destroy());
	const bytes = 16 * 1024 * 1024;
	const head = (length: number) =>
		`POST /api/readings HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${length}\r\n\r\n`;
	socket.pause();
	socket.write(head(bytes));
	await new Promise<void>((resolve, reject) =>
		socket.write(Buffer.alloc(bytes), (error) => (error ? reject(error) : resolve())),
	);
	socket.write(`${head(2)}{}`);
	const answers = await new Promise<number>((resolve) => {
		let told = "";
		socket.on("data", (chunk) => {
			told += chunk.toString("latin1");
			const count = told.split("HTTP/1.1 413").length - 1;
			if (count === 2) resolve(count);
		});
		socket.resume();
	});
	expect(answers).toBe(2);
}, 10_000);
