// Who asks: a request's cookie to a person with roles and scope, the demo's viewer on loopback, or a refusal. Asked by every
// HTTP route and every socket; device keys open only the doors and are nobody here.
import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Problem } from "#model/problem.ts";
import { problem } from "#model/problem.ts";
import type { Who } from "#model/rights.ts";
import { WHOLE_PROVINCE } from "#model/rights.ts";
import type { Clock } from "../clock.ts";
import type { ReadStore, SessionRecord } from "../store/store.ts";

export const COOKIE = "lw_session";

/** What a reverse proxy adds: the peer's address is then not the asker's. */
const FORWARDING = [
	"forwarded",
	"via",
	"x-forwarded-for",
	"x-forwarded-host",
	"x-forwarded-proto",
	"x-real-ip",
	"cf-connecting-ip",
	"true-client-ip",
] as const;

export interface GateParts {
	readonly store: Pick<ReadStore, "session">;
	readonly clock: Clock;
	/** Whether the folder is a demo; false while core has not said so. */
	demo(): boolean;
	readonly tls: boolean;
	/** A person did something in this session: it is not idle. Told at most once in half a minute. */
	active?(idHash: string): void;
}

/** Signs of life kept back; sessions remembered for it, beyond which the memory starts anew. */
const ACTIVE_MS = 30_000;
const ACTIVE_KEPT = 5_000;

export type Asking = Pick<IncomingMessage, "headers" | "socket">;

export class Gate {
	private readonly parts: GateParts;
	private readonly told = new Map<string, number>();

	constructor(parts: GateParts) {
		this.parts = parts;
	}

	/** Rejects only when the store cannot be read. */
	async who(request: Asking): Promise<Who | Problem> {
		if (cookieOf(request) !== null) return this.bySession(request);
		if (this.parts.demo() && request.headers.authorization === undefined && this.isLocalBrowser(request)) {
			return { user: "demo", roles: ["viewer"], scope: WHOLE_PROVINCE };
		}
		return problem("unauthorized", "sign in first");
	}

	/** From this very machine, by a name of this machine: another name means a proxy or a page that rebinds its own. */
	isLocalBrowser(request: Asking): boolean {
		return isLoopbackPeer(request) && isLoopbackHost(request.headers.host);
	}

	/** Our own page or no page at all (a program); a page from elsewhere may not change anything, nor open a socket. */
	isOwnOrigin(request: Asking): boolean {
		const { origin, host } = request.headers;
		if (origin === undefined) return true;
		if (host === undefined || !URL.canParse(origin)) return false;
		const url = new URL(origin);
		// Behind a proxy that ends TLS the page is https while we speak http; the host decides.
		return url.host === host && (url.protocol === "https:" || (url.protocol === "http:" && !this.parts.tls));
	}

	/** @param secret empty: the cookie is taken away. @param expiresAt epoch ms. */
	cookie(secret: string, expiresAt: number): string {
		const seconds = secret === "" ? 0 : Math.max(0, Math.floor((expiresAt - this.parts.clock.now()) / 1000));
		const secure = this.parts.tls ? "; Secure" : "";
		return `${COOKIE}=${secret}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${seconds}${secure}`;
	}

	/** The session of a cookie, also one that must first set a password; null: none, or over. */
	async session(request: Asking): Promise<SessionRecord | null> {
		const secret = cookieOf(request);
		if (secret === null) return null;
		const session = await this.parts.store.session(hashOfSecret(secret));
		return session === null || session.expiresAt <= this.parts.clock.now() ? null : session;
	}

	/** Call when a person has acted, not a program of the page. */
	acted(request: Asking): void {
		const secret = cookieOf(request);
		if (secret === null) return;
		const idHash = hashOfSecret(secret);
		const now = this.parts.clock.now();
		if (now - (this.told.get(idHash) ?? 0) < ACTIVE_MS) return;
		if (this.told.size >= ACTIVE_KEPT) this.told.clear();
		this.told.set(idHash, now);
		this.parts.active?.(idHash);
	}

	private async bySession(request: Asking): Promise<Who | Problem> {
		const session = await this.session(request);
		if (session === null) return problem("unauthorized", "the session has ended; sign in again");
		if (session.mustChange === true) return problem("must-change", "set a password of your own first");
		return { user: session.user, roles: session.roles, scope: session.scope };
	}
}

/** As the store keeps it: a stolen database opens no session. */
export function hashOfSecret(secret: string): string {
	return createHash("sha256").update(secret).digest("hex");
}

export function cookieOf(request: Asking): string | null {
	for (const part of (request.headers.cookie ?? "").split(";")) {
		const [name, value] = part.trim().split("=", 2);
		if (name === COOKIE && value !== undefined && value !== "") return value;
	}
	return null;
}

/** The peer itself is this machine and nothing says that it speaks for somebody else. */
export function isLoopbackPeer(request: Asking): boolean {
	if (FORWARDING.some((name) => request.headers[name] !== undefined)) return false;
	return isLoopbackAddress(request.socket.remoteAddress ?? "");
}

export function isLoopbackAddress(address: string): boolean {
	const plain = address.startsWith("::ffff:") ? address.slice(7) : address;
	return plain === "::1" || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(plain);
}

function isLoopbackHost(host: string | undefined): boolean {
	if (host === undefined) return true;
	const name = host.replace(/:\d+$/, "").replace(/^\[|\]$/g, "");
	return name === "localhost" || name.endsWith(".localhost") || isLoopbackAddress(name);
}
