// The environment: defaults, every switch, and all problems at once.
import { mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { Config } from "./config.ts";
import { corePaths, readConfig, socketPath } from "./config.ts";

function good(env: Record<string, string>): Config {
	const config = readConfig(env);
	if (Array.isArray(config)) throw new Error(JSON.stringify(config));
	return config;
}

function codes(env: Record<string, string>): string[] {
	const config = readConfig(env);
	return Array.isArray(config) ? config.map((one) => `${one.where} ${one.problem}`) : [];
}

test("an empty environment gives the documented defaults", () => {
	expect(good({})).toMatchObject({
		port: 8080,
		host: "127.0.0.1",
		demo: null,
		mqtt: { port: 1883 },
		hj212Port: 9212,
		sl651Port: null,
		ingestKey: null,
		camerasUrl: null,
		mapNumber: null,
		tls: null,
	});
	expect(good({}).dataFolder).toMatch(/\/data$/);
});

test("the map's review number is taken as it was given, and nothing that could be markup", () => {
	expect(good({ LIAOWANG_MAP_NUMBER: " 辽S(2026)012号 " }).mapNumber).toBe("辽S(2026)012号");
	expect(good({ LIAOWANG_MAP_NUMBER: "" }).mapNumber).toBeNull();
	for (const text of ['"><script>', "辽S&号", "x".repeat(61)])
		expect(readConfig({ LIAOWANG_MAP_NUMBER: text })).toMatchObject([{ where: "LIAOWANG_MAP_NUMBER" }]);
});

test("off closes a door and 0 asks for a free port", () => {
	expect(good({ LIAOWANG_MQTT_PORT: "off", LIAOWANG_HJ212_PORT: "0", PORT: "0" })).toMatchObject({
		port: 0,
		mqtt: null,
		hj212Port: 0,
	});
	expect(good({ LIAOWANG_SL651_PORT: "off" }).sl651Port).toBeNull();
});

test("a foreign broker stands instead of the built-in one", () => {
	expect(good({ LIAOWANG_MQTT_URL: "mqtts://u:p@broker:8883" }).mqtt).toEqual({ url: "mqtts://u:p@broker:8883" });
	expect(codes({ LIAOWANG_MQTT_URL: "mqtt://b", LIAOWANG_MQTT_PORT: "1883" })).toEqual(["LIAOWANG_MQTT_URL both-set"]);
	expect(codes({ LIAOWANG_MQTT_URL: "http://b" })).toEqual(["LIAOWANG_MQTT_URL bad-url"]);
});

test("every problem is named at once, in Chinese and English", () => {
	const env = { PORT: "80a", HOST: "a b", LIAOWANG_DEMO: "yes", LIAOWANG_SL651_PORT: "9651", LIAOWANG_TLS_CERT: "/x" };
	expect(codes(env)).toEqual([
		"PORT bad-port",
		"HOST bad-host",
		"LIAOWANG_DEMO bad-switch",
		"LIAOWANG_SL651_PORT not-built",
		"LIAOWANG_TLS_KEY half-tls",
	]);
	for (const one of readConfig(env) as { detail: string }[]) expect(one.detail).toMatch(/[\u4e00-\u9fff].* \/ [a-z"]/i);
});

test("PORT cannot be closed, and two doors cannot share a port", () => {
	expect(codes({ PORT: "off" })).toEqual(["PORT bad-port"]);
	expect(codes({ PORT: "9212" })).toEqual(["LIAOWANG_HJ212_PORT same-port"]);
});

test("a misspelt variable is a problem with a suggestion, never a silent default", () => {
	const problems = readConfig({ LIAOWANG_HJ2l2_PORT: "1" }) as { detail: string }[];
	expect(problems).toHaveLength(1);
	expect(problems[0]?.detail).toContain("did you mean LIAOWANG_HJ212_PORT?");
	expect(codes({ LIAOWANG_TEST_SEED: "1" })).toEqual([]);
	expect(codes({ LIAOWANG_NOTHING_LIKE_IT: "1" })).toEqual(["LIAOWANG_NOTHING_LIKE_IT unknown-variable"]);
});

test("a certificate that cannot be read or used is said at the start", () => {
	expect(codes({ LIAOWANG_TLS_CERT: "/none", LIAOWANG_TLS_KEY: "/none" })).toEqual(["LIAOWANG_TLS_CERT unreadable"]);
	const file = new URL(import.meta.url).pathname;
	expect(codes({ LIAOWANG_TLS_CERT: file, LIAOWANG_TLS_KEY: file })).toEqual(["LIAOWANG_TLS_CERT bad-tls"]);
});

test("a data folder too deep for a Unix socket gets a short path of its own", () => {
	expect(corePaths("/data/lw").bus).toBe("/data/lw/core.sock");
	const deep = `/${"d".repeat(150)}`;
	expect(corePaths(deep).bus.length).toBeLessThan(104);
	expect(corePaths(deep).bus).not.toBe(corePaths(`${deep}e`).bus);
});

test("an operator's snapshot service is an http address without a slash at its end", () => {
	expect(good({ LIAOWANG_CAMERAS_URL: "https://video.city:8443/snap/" }).camerasUrl).toBe(
		"https://video.city:8443/snap",
	);
	for (const wrong of ["video.city", "ftp://video.city", "http://video.city/?id=", "http://video.city/#x"])
		expect(codes({ LIAOWANG_CAMERAS_URL: wrong })).toEqual(["LIAOWANG_CAMERAS_URL bad-url"]);
});

test("S1 a folder has one lock, by whatever link it is reached, also where its own name is too long for a socket", async () => {
	const base = await mkdtemp(join(tmpdir(), "liaowang-config-"));
	onTestFinished(() => rm(base, { recursive: true, force: true }));
	const [short, long, link] = [join(base, "s"), join(base, "x".repeat(100)), join(base, "link")];
	for (const folder of [short, long]) await mkdir(folder);
	await symlink(long, link);
	expect(socketPath(link, "lock.sock")).toBe(socketPath(long, "lock.sock"));
	expect(socketPath(short, "lock.sock")).toMatch(/\/s\/lock\.sock$/);
	expect(socketPath(short, "lock.sock")).not.toBe(socketPath(long, "lock.sock"));
});
