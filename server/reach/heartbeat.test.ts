import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { type Allowed, parseAllowed } from "#model/allowed.ts";
import type { Delivery, Outlet, Words } from "#model/outlet.ts";
import { isProblem, type Problem, problem } from "#model/problem.ts";
import type { Entry } from "#model/register.ts";
import { Heartbeats } from "./heartbeat.ts";
import { send } from "./outlets.ts";
import { realNetwork } from "./target.ts";

const T0 = 1_763_800_000_000;

function beatOf(more: Partial<Outlet> = {}): Outlet {
	const none = { minLevel: 1, districts: [], user: "", from: "", to: [], body: "", headers: [], expect: "" };
	const rest = { enabled: true, steps: ["lead" as const], secret: "", contentType: "application/json" as const };
	return { ...none, ...rest, name: "看门", type: "heartbeat", url: "http://x/", method: "GET", ...more };
}

function site(outlets: Record<string, Outlet>) {
	const state = { now: T0, isWhole: true, fault: null as Problem | null };
	const sent: [outlet: string, afterS: number][] = [];
	const told: Delivery[] = [];
	const heartbeats = new Heartbeats({
		outlets: () => Object.entries(outlets).map(([id, body]) => ({ id, body }) as Entry<Outlet>),
		isWhole: () => state.isWhole,
		send: async ({ name }) => {
			sent.push([name, (state.now - T0) / 1_000]);
			return state.fault;
		},
		tried: (delivery) => told.push(delivery),
		now: () => state.now,
	});
	const pass = async (seconds: number): Promise<void> => {
		for (let i = 0; i < seconds; i++) {
			state.now += 1_000;
			heartbeats.tick(state.now);
			await Promise.resolve();
			await Promise.resolve();
		}
	};
	return { heartbeats, state, sent, told, pass };
}

test("T-45 a heartbeat goes out at its pace while the chain is whole, stops with it and goes on with it", async () => {
	const outlets = {
		a: beatOf({ name: "a", everyS: 20 }),
		b: beatOf({ name: "b" }),
		off: beatOf({ name: "off", enabled: false }),
		hook: beatOf({ name: "hook", type: "webhook" }),
	};
	const { heartbeats, state, sent, told, pass } = site(outlets);
	await pass(45);
	expect(sent).toEqual([
		["a", 1],
		["b", 1],
		["a", 21],
		["a", 41],
	]);
	state.isWhole = false;
	await pass(300);
	expect(sent).toHaveLength(4);
	expect(heartbeats.takenAt("a")).toBe(T0 + 41_000);
	state.isWhole = true;
	await pass(1);
	expect(sent.slice(4)).toEqual([
		["a", 346],
		["b", 346],
	]);
	// What goes well is not written down: a line a minute for years says nothing.
	expect(told).toEqual([]);
});

test("T-45 a watch that does not take it is told each time, and once when it takes it again; a slow one is not asked twice", async () => {
	const { state, told, pass } = site({ a: beatOf({ everyS: 10 }) });
	state.fault = problem("unreachable", "ECONNREFUSED");
	await pass(21);
	state.fault = null;
	await pass(20);
	expect(told.map(({ state: one, tries }) => [one, tries[0]?.problem?.problem ?? null])).toEqual([
		["waiting", "unreachable"],
		["waiting", "unreachable"],
		["waiting", "unreachable"],
		["sent", null],
	]);
	const slow = site({ a: beatOf({ everyS: 10 }) });
	let asked = 0;
	const waiting = new Heartbeats({
		outlets: () => [{ id: "a", body: beatOf({ everyS: 10 }) } as Entry<Outlet>],
		isWhole: () => true,
		send: () => {
			asked += 1;
			return new Promise(() => undefined);
		},
		tried: () => undefined,
		now: () => slow.state.now,
	});
	for (let i = 0; i < 60; i++) waiting.tick(T0 + i * 1_000);
	expect(asked).toBe(1);
});

test("T-45 on the line: a plain GET, or signed as a webhook; a test is no beat while the chain is broken", async () => {
	const heard: { method: string; url: string; signature: string; body: string }[] = [];
	const server = createServer((request, response) => {
		let body = "";
		request.on("data", (part) => {
			body += part;
		});
		request.on("end", () => {
			const signature = String(request.headers["x-liaowang-signature"] ?? "");
			heard.push({ method: request.method ?? "", url: request.url ?? "", signature, body });
			response.end();
		});
	});
	await once(server.listen(0, "127.0.0.1"), "listening");
	const { port } = server.address() as AddressInfo;
	const entry = parseAllowed(`127.0.0.1:${port}`);
	const allowed: Allowed[] = isProblem(entry) ? [] : [entry];
	const url = `http://127.0.0.1:${port}/beat/uuid`;
	const words: Words = { title: "", text: "", level: "", place: "", time: "", count: 0, alarms: [], to: [] };
	const way = { allowed, network: realNetwork, now: () => T0 };
	try {
		expect(await send(beatOf({ url }), words, { ...way, isWhole: () => true })).toBeNull();
		const signed = beatOf({ url, method: "POST", secret: "key" });
		expect(await send(signed, words, { ...way, isWhole: () => true })).toBeNull();
		const body = JSON.stringify({ type: "heartbeat", at: T0 });
		const signature = `sha256=${createHmac("sha256", "key").update(`${T0}.${body}`).digest("hex")}`;
		expect(heard).toEqual([
			{ method: "GET", url: "/beat/uuid", signature: "", body: "" },
			{ method: "POST", url: "/beat/uuid", signature, body },
		]);
		expect(await send(signed, words, { ...way, isWhole: () => false })).toMatchObject({ problem: "chain-broken" });
		expect(await send(signed, words, way)).toMatchObject({ problem: "chain-broken" });
		// Through the list of allowed addresses like every channel.
		expect(await send(beatOf({ url }), words, { ...way, allowed: [], isWhole: () => true })).toMatchObject({
			problem: "not-allowed",
		});
		expect(heard).toHaveLength(2);
	} finally {
		server.closeAllConnections();
		server.close();
	}
});
