// The public HTTP API as a person with a session uses it. Sets up an empty real folder: the first administrator, people, assets,
// devices. Used by tests that need a quiet server of their own.
import type { AssetRecord } from "#model/catalogue.ts";
import type { Role } from "#model/rights.ts";
import type { TestServer } from "./server.ts";

export const PASSWORD = "Liaowang-2026!";

export interface Told<T = unknown> {
	readonly status: number;
	readonly body: T;
}

export class Api {
	readonly url: string;
	/** "lw_session=..." or "" for nobody. */
	cookie = "";

	constructor(url: string) {
		this.url = url;
	}

	/** Rejects only when nobody answers. */
	async ask<T>(method: string, path: string, body?: unknown): Promise<Told<T>> {
		const response = await fetch(`${this.url}${path}`, {
			method,
			headers: { cookie: this.cookie, ...(body === undefined ? {} : { "content-type": "application/json" }) },
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
			signal: AbortSignal.timeout(15_000),
		});
		const cookie = /lw_session=[^;]+/.exec(response.headers.get("set-cookie") ?? "")?.[0];
		if (cookie !== undefined) this.cookie = cookie;
		return { status: response.status, body: (await response.json()) as T };
	}

	/** The body of a 200; throws what the server said otherwise. */
	async must<T>(method: string, path: string, body?: unknown): Promise<T> {
		const told = await this.ask<T>(method, path, body);
		if (told.status !== 200) throw new Error(`${method} ${path}: ${told.status} ${JSON.stringify(told.body)}`);
		return told.body;
	}

	get<T>(path: string): Promise<T> {
		return this.must<T>("GET", path);
	}
}

/** The first administrator of an empty real folder. */
export async function setUp(server: TestServer): Promise<Api> {
	const api = new Api(server.url);
	await api.must("POST", "/api/setup", { code: server.setUpCode, name: "root", password: PASSWORD });
	return api;
}

/** A person, signed in. */
export async function person(root: Api, name: string, roles: readonly Role[]): Promise<Api> {
	const scope = { districts: ["210000"], systems: null };
	await root.must("PUT", `/api/users/${name}`, { password: PASSWORD, mustChange: false, roles, scope });
	const api = new Api(root.url);
	await api.must("POST", "/api/session", { name, password: PASSWORD });
	return api;
}

export async function addAssets(root: Api, assets: readonly AssetRecord[]): Promise<void> {
	const answer = await root.must<{ rejected: unknown[] }>("POST", "/api/assets", { assets });
	if (answer.rejected.length > 0) throw new Error(JSON.stringify(answer.rejected.slice(0, 3)));
}

/** An asset in 和平区, a few hundred metres from the last one. */
export function anAsset(kind: string, id: string, index: number): AssetRecord {
	const east = (index % 20) * 0.002;
	const north = Math.floor(index / 20) * 0.002;
	return { id, name: `${id} 号`, kind, district: "210102", lon: 123.39 + east, lat: 41.78 + north };
}
