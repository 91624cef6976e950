// The bus's contract against both carriers, and what only the socket has: a core that comes late, dies and comes back.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { CoreHost, CoreLink } from "../../server/bus/bus.ts";
import { encodeFrame, FrameReader, MAX_FRAME_BYTES } from "../../server/bus/frames.ts";
import { CALL_TIMEOUT_MS, connectIpc, serveIpc } from "../../server/bus/ipc.ts";
import { connectLocal } from "../../server/bus/local.ts";
import { ManualClock, systemClock } from "../../server/clock.ts";
import type { Carrier } from "./bus.ts";
import { aState, busContract, Heard, RecordingHost } from "./bus.ts";

busContract("local", async () => {
	const links: CoreLink[] = [];
	return {
		async open(host: CoreHost) {
			const link = connectLocal(host, systemClock);
			links.push(link);
			return link;
		},
		async close() {
			for (const link of links) await link.close();
		},
	};
});

busContract("socket", async () => openSocket());

interface SocketCarrier extends Carrier {
	readonly path: string;
	readonly faults: string[];
	serve(host: CoreHost): Promise<{ close(): Promise<void> }>;
}

async function openSocket(): Promise<SocketCarrier> {
	const folder = await mkdtemp(join(tmpdir(), "liaowang-bus-"));
	const path = join(folder, "core.sock");
	const faults: string[] = [];
	const note = (where: string, error: Error): void => void faults.push(`${where}: ${error.message}`);
	const open: { close(): Promise<void> }[] = [];
	return {
		path,
		faults,
		async serve(host) {
			const served = await serveIpc(path, host, note);
			open.push(served);
			return served;
		},
		async open(host) {
			open.push(await serveIpc(path, host, note));
			const link = connectIpc(path, systemClock, note);
			open.push(link);
			return link;
		},
		async close() {
			for (const one of open.reverse()) await one.close();
			await rm(folder, { recursive: true, force: true });
		},
	};
}

test("socket: web may start before core, and follows again after core died", async () => {
	const carrier = await openSocket();
	const link = connectIpc(carrier.path, systemClock, () => undefined);
	const heard = new Heard(link);
	const first = await carrier.serve(new RecordingHost());
	await heard.until((h) => h.messages.length === 1);
	await first.close();
	await heard.until((h) => h.links.at(-1) === "lost");
	const host = new RecordingHost();
	await carrier.serve(host);
	await heard.until((h) => h.messages.length === 2);
	expect(heard.links).toEqual(["live", "lost", "live"]);
	host.followers[0]!.send(aState(5));
	await heard.until((h) => h.messages.length === 3);
	await link.close();
	await carrier.close();
});

test("socket: the file of a killed core is taken over, a living core is not", async () => {
	const carrier = await openSocket();
	await writeFile(carrier.path, "");
	await carrier.serve(new RecordingHost());
	await expect(serveIpc(carrier.path, new RecordingHost(), () => undefined)).rejects.toThrow("EADDRINUSE");
	await carrier.close();
});

test("socket: a question without an answer rejects after its time", async () => {
	const carrier = await openSocket();
	const host = new RecordingHost();
	host.answer = () => new Promise(() => undefined);
	await carrier.serve(host);
	const clock = new ManualClock(0);
	const link = connectIpc(carrier.path, clock, () => undefined);
	const heard = new Heard(link);
	await heard.until((h) => h.messages.length === 1);
	const asked = expect(link.call("signOut", { idHash: "a", source: "t" })).rejects.toThrow("no answer within 30 s");
	clock.advanceTo(CALL_TIMEOUT_MS);
	await asked;
	await link.close();
	await carrier.close();
});

test("socket: core's own fault is a rejection that names it, and is reported", async () => {
	const carrier = await openSocket();
	const host = new RecordingHost();
	host.answer = () => Promise.reject(new Error("broken part"));
	const link = await carrier.open(host);
	const heard = new Heard(link);
	await heard.until((h) => h.messages.length === 1);
	await expect(link.call("signOut", { idHash: "a", source: "t" })).rejects.toThrow("broken part");
	expect(carrier.faults).toEqual(["call signOut: broken part"]);
	await carrier.close();
});

test("socket: one who does not speak the protocol is cut off and hurts nobody", async () => {
	const carrier = await openSocket();
	const host = new RecordingHost();
	const link = await carrier.open(host);
	const heard = new Heard(link);
	await heard.until((h) => h.messages.length === 1);
	for (const bytes of [
		Buffer.from("GET / HTTP/1.1\r\n\r\n"),
		encodeFrame(2, Buffer.alloc(3)),
		encodeFrame(3, Buffer.from("{")),
	]) {
		const stranger = connect(carrier.path);
		await new Promise<void>((resolve) => {
			stranger.on("close", () => resolve());
			stranger.on("data", () => undefined);
			stranger.write(bytes);
		});
	}
	expect(carrier.faults).toHaveLength(3);
	expect(await link.call("signOut", { idHash: "a", source: "t" })).toBeNull();
	await carrier.close();
});

test("frames come out the same however the bytes are cut", () => {
	const bodies = [Buffer.alloc(0), Buffer.from([1]), Buffer.from("{}"), Buffer.alloc(70_000, 7)];
	const bytes = Buffer.concat(bodies.map((body, i) => encodeFrame(i + 1, body)));
	for (const size of [1, 3, 4, 5, 6, 1000, bytes.length]) {
		const seen: [number, Buffer][] = [];
		const reader = new FrameReader((type, body) => seen.push([type, body]));
		for (let at = 0; at < bytes.length; at += size) reader.push(bytes.subarray(at, at + size));
		expect(seen.map(([type]) => type)).toEqual([1, 2, 3, 4]);
		for (const [i, [, body]] of seen.entries()) expect(Buffer.compare(body, bodies[i]!)).toBe(0);
	}
});

test("a frame beyond the bound is refused before its bytes are waited for", () => {
	const head = Buffer.alloc(5);
	head.writeUInt32LE(MAX_FRAME_BYTES + 1, 0);
	expect(() => new FrameReader(() => undefined).push(head)).toThrow("outside the bound");
	head.writeUInt32LE(0, 0);
	expect(() => new FrameReader(() => undefined).push(head)).toThrow("outside the bound");
});
