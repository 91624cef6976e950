// The environment, read once at a start and turned into one typed value or a list of everything that is wrong with it.
// Called by main, core and web; it prints nothing and ends nothing: that is main's part.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createSecureContext } from "node:tls";
import type { Problem } from "#model/problem.ts";
import { isProblem, problem } from "#model/problem.ts";
import { unknownVariables } from "./config_names.ts";
import { type HashName, hashNames } from "./store/audit_chain.ts";

export interface Config {
	/** 0: a free one, printed at the start. */
	readonly port: number;
	/** Address of the pages and of every device door. */
	readonly host: string;
	readonly dataFolder: string;
	/** null: not said; an empty folder becomes the demo. */
	readonly demo: boolean | null;
	/** A new demo is given a generated past. */
	readonly demoPast: boolean;
	/** Embedded broker (0: a free port), a foreign broker, or closed. */
	readonly mqtt: { readonly port: number } | { readonly url: string } | null;
	/** 0: a free port; null: closed. */
	readonly hj212Port: number | null;
	readonly sl651Port: number | null;
	/** Master key of all device doors. */
	readonly ingestKey: string | null;
	/** Base of an operator's snapshot service, without a slash at its end; null: the demo's own. */
	readonly camerasUrl: string | null;
	/** 审图号 of the map as the unit was given it; null: none, and the map says so. */
	readonly mapNumber: string | null;
	/** Hash of the audit chain. */
	readonly auditHash: HashName;
	/** PEM texts. */
	readonly tls: { readonly cert: string; readonly key: string } | null;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Every problem at once, so that a person corrects them in one go. `where` is the variable. */
export function readConfig(env: Environment): Config | Problem[] {
	const problems: Problem[] = [];
	const kept = <T>(value: T | Problem, instead: T): T => {
		if (!isProblem(value)) return value;
		problems.push(value);
		return instead;
	};
	problems.push(...unknownVariables(env));
	const port = kept(readPort(env, "PORT", 8080, false), 8080);
	const config: Config = {
		port: port ?? 8080,
		host: kept(readHost(env), "127.0.0.1"),
		dataFolder: resolve(env.LIAOWANG_DATA || "./data"),
		demo: kept(readSwitch(env, "LIAOWANG_DEMO"), null),
		demoPast: kept(readSwitch(env, "LIAOWANG_DEMO_PAST"), null) ?? true,
		mqtt: kept(readMqtt(env), null),
		hj212Port: kept(readPort(env, "LIAOWANG_HJ212_PORT", 9212, true), null),
		sl651Port: kept(readUnbuiltPort(env, "LIAOWANG_SL651_PORT"), null),
		ingestKey: kept(readKey(env), null),
		camerasUrl: kept(readCamerasUrl(env), null),
		mapNumber: kept(readMapNumber(env), null),
		auditHash: kept(readAuditHash(env), "sha256"),
		tls: kept(readTls(env), null),
	};
	problems.push(...clashes(config));
	return problems.length === 0 ? config : problems;
}

/** Where core listens for web (the bus, and the HTTP door that `POST /api/readings` is streamed to), the demo's video cameras, and the line to its simulator. */
export function corePaths(dataFolder: string): {
	readonly bus: string;
	readonly readings: string;
	readonly cameras: string;
	readonly control: string;
} {
	return {
		bus: socketPath(dataFolder, "core.sock"),
		readings: socketPath(dataFolder, "readings.sock"),
		cameras: socketPath(dataFolder, "cameras.sock"),
		control: socketPath(dataFolder, "demo.sock"),
	};
}

/** Longest path of a Unix socket that Linux (108 with the final zero) and macOS (104) both take. */
const SOCKET_PATH_MAX = 103;

/**
 * A name in the data folder, or, where that is too long for a socket, one in the temp folder that belongs to it alone. One folder
 * has one of each, by whatever link it is reached: the lock of a folder is such a name.
 */
export function socketPath(dataFolder: string, name: string): string {
	const folder = existsSync(dataFolder) ? realpathSync(dataFolder) : resolve(dataFolder);
	const path = join(folder, name);
	if (Buffer.byteLength(path) <= SOCKET_PATH_MAX) return path;
	const hash = createHash("sha256").update(folder).digest("hex").slice(0, 16);
	return join(tmpdir(), `liaowang-${hash}-${name}`);
}

function readPort(env: Environment, name: string, standard: number, mayClose: boolean): number | null | Problem {
	const text = env[name];
	if (text === undefined || text === "") return standard;
	if (mayClose && text === "off") return null;
	if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
	const choice = mayClose ? "0 到 65535 的端口号或 off" : "0 到 65535 的端口号";
	const words = mayClose ? "a port 0..65535 or off" : "a port 0..65535";
	return bad("bad-port", name, `应为${choice}，现为“${text}”`, `must be ${words}, not "${text}"`);
}

function readUnbuiltPort(env: Environment, name: string): null | Problem {
	const text = env[name];
	if (text === undefined || text === "" || text === "off") return null;
	return bad("not-built", name, "本版本尚未提供该接入端口，请设为 off", "this door is not built yet; set it to off");
}

function readAuditHash(env: Environment): HashName | Problem {
	const text = env.LIAOWANG_AUDIT_HASH || "sha256";
	const known = hashNames.find((name) => name === text);
	if (known !== undefined) return known;
	const choice = hashNames.join(", ");
	return bad("bad-hash", "LIAOWANG_AUDIT_HASH", `应为 ${choice}，现为“${text}”`, `must be ${choice}, not "${text}"`);
}

function readHost(env: Environment): string | Problem {
	const text = env.HOST || "127.0.0.1";
	if (/^[A-Za-z0-9.:_-]{1,255}$/.test(text)) return text;
	return bad(
		"bad-host",
		"HOST",
		`应为 IP 地址或主机名，现为“${text}”`,
		`must be an address or a host name, not "${text}"`,
	);
}

function readSwitch(env: Environment, name: string): boolean | null | Problem {
	const text = env[name];
	if (text === undefined || text === "") return null;
	if (text === "1" || text === "0") return text === "1";
	return bad("bad-switch", name, `应为 1 或 0，现为“${text}”`, `must be 1 or 0, not "${text}"`);
}

function readMqtt(env: Environment): Config["mqtt"] | Problem {
	const url = env.LIAOWANG_MQTT_URL;
	if (url === undefined || url === "") {
		const port = readPort(env, "LIAOWANG_MQTT_PORT", 1883, true);
		if (isProblem(port)) return port;
		return port === null ? null : { port };
	}
	if (env.LIAOWANG_MQTT_PORT !== undefined && env.LIAOWANG_MQTT_PORT !== "off") {
		return bad(
			"both-set",
			"LIAOWANG_MQTT_URL",
			"LIAOWANG_MQTT_URL（外部代理）与 LIAOWANG_MQTT_PORT（内置代理）只能设一个",
			"set either LIAOWANG_MQTT_URL (foreign broker) or LIAOWANG_MQTT_PORT (built-in broker)",
		);
	}
	if (URL.canParse(url) && ["mqtt:", "mqtts:"].includes(new URL(url).protocol)) return { url };
	return bad(
		"bad-url",
		"LIAOWANG_MQTT_URL",
		"应形如 mqtt://用户:密码@主机:1883 或 mqtts://…",
		"must look like mqtt://user:password@host:1883 or mqtts://...",
	);
}

function readKey(env: Environment): string | null | Problem {
	const key = env.LIAOWANG_INGEST_KEY;
	if (key === undefined || key === "") return null;
	if (/^[\x21-\x7e]{1,256}$/.test(key)) return key;
	return bad(
		"bad-key",
		"LIAOWANG_INGEST_KEY",
		"只能含可见的 ASCII 字符，不含空格，最多 256 个",
		"may hold visible ASCII without spaces, at most 256 characters",
	);
}

function readCamerasUrl(env: Environment): string | null | Problem {
	const text = env.LIAOWANG_CAMERAS_URL;
	if (text === undefined || text === "") return null;
	const url = URL.canParse(text) ? new URL(text) : null;
	if (url !== null && /^https?:$/.test(url.protocol) && url.search === "" && url.hash === "")
		return url.href.replace(/\/+$/, "");
	return bad(
		"bad-url",
		"LIAOWANG_CAMERAS_URL",
		"应形如 http://主机:端口/路径，不带 ? 与 #；画面取自 {地址}/{设施}.jpg",
		"must look like http://host:port/path without ? and #; pictures are asked as {base}/{asset}.jpg",
	);
}

/** It stands in the page's own markup: letters, digits and the signs of such a number, nothing else. */
function readMapNumber(env: Environment): string | null | Problem {
	const text = (env.LIAOWANG_MAP_NUMBER ?? "").trim();
	if (text === "") return null;
	if (/^[\p{L}\p{N} ()（）〔〕[\]_-]{1,60}$/u.test(text)) return text;
	return bad(
		"bad-map-number",
		"LIAOWANG_MAP_NUMBER",
		`应形如 辽S(2026)012号，现为“${text}”`,
		`must look like 辽S(2026)012号, not "${text}"`,
	);
}

function readTls(env: Environment): Config["tls"] | Problem {
	const certFile = env.LIAOWANG_TLS_CERT ?? "";
	const keyFile = env.LIAOWANG_TLS_KEY ?? "";
	if (certFile === "" && keyFile === "") return null;
	if (certFile === "" || keyFile === "") {
		const missing = certFile === "" ? "LIAOWANG_TLS_CERT" : "LIAOWANG_TLS_KEY";
		return bad("half-tls", missing, "证书与私钥须同时给出", "certificate and key come together or not at all");
	}
	const cert = readPem(certFile, "LIAOWANG_TLS_CERT");
	if (isProblem(cert)) return cert;
	const key = readPem(keyFile, "LIAOWANG_TLS_KEY");
	if (isProblem(key)) return key;
	try {
		createSecureContext({ cert, key });
	} catch (cause) {
		const why = (cause as Error).message;
		return bad("bad-tls", "LIAOWANG_TLS_CERT", `证书与私钥不可用：${why}`, `certificate and key do not work: ${why}`);
	}
	return { cert, key };
}

function readPem(file: string, name: string): string | Problem {
	try {
		return readFileSync(file, "utf8");
	} catch (cause) {
		const why = (cause as Error).message;
		return bad("unreadable", name, `读不到文件 ${file}：${why}`, `cannot read ${file}: ${why}`);
	}
}

/** Two doors on one port: said before the second one fails to listen. 0 is never a clash. */
function clashes(config: Config): Problem[] {
	const doors: [string, number | null][] = [
		["PORT", config.port],
		["LIAOWANG_MQTT_PORT", config.mqtt !== null && "port" in config.mqtt ? config.mqtt.port : null],
		["LIAOWANG_HJ212_PORT", config.hj212Port],
	];
	const seen = new Map<number, string>();
	const problems: Problem[] = [];
	for (const [name, port] of doors) {
		if (port === null || port === 0) continue;
		const other = seen.get(port);
		if (other === undefined) seen.set(port, name);
		else problems.push(bad("same-port", name, `与 ${other} 的端口相同（${port}）`, `same port as ${other} (${port})`));
	}
	return problems;
}

function bad(code: string, where: string, zh: string, en: string): Problem {
	return problem(code, `${zh} / ${en}`, where);
}
