// /api/session and /api/setup: signing in and out, one's own password, the first administrator. Core decides and stores; here the
// secret becomes a cookie and nothing else.
import { z } from "zod";
import type { Problem } from "#model/problem.ts";
import { isProblem, problem } from "#model/problem.ts";
import { homeOf } from "#model/rights.ts";
import { cookieOf, hashOfSecret } from "../auth/who.ts";
import type { Session } from "../bus/bus.ts";
import type { HttpParts } from "./parts.ts";
import { fromStore } from "./problems.ts";
import type { Answer, Route } from "./registry.ts";
import { route } from "./registry.ts";

const password = z.string().min(1).max(200);
const signIn = z.union([
	z.object({ name: z.string().min(1).max(40), password }).strict(),
	z.object({ demo: z.enum(["duty", "lead", "planner", "administrator"]) }).strict(),
]);

export function sessionRoutes(parts: HttpParts): Route[] {
	const { core, gate, mirror } = parts;
	return [
		route({
			method: "get",
			path: "/api/session",
			policy: { open: "the page asks who it is before it asks anything else" },
			summary: "Who you are; `user` is null for nobody",
			handle: async ({ request }) => {
				const who = await fromStore(gate.who(request));
				const setUp = mirror.ready && !mirror.demo && mirror.state?.users === 0;
				const signs = { demo: mirror.demo, demoSignIn: mirror.demo && gate.isLocalBrowser(request), setUp };
				if (!isProblem(who)) {
					const { user, roles, scope } = who;
					return { body: { user, roles, scope, mustChange: false, home: homeOf(roles), ...signs } };
				}
				// Known, but nothing is open to them yet.
				const own = who.problem === "must-change" ? await fromStore(gate.session(request)) : null;
				const name = own === null ? {} : { name: own.user };
				return { body: { user: null, roles: [], scope: null, mustChange: own !== null, ...name, ...signs } };
			},
		}),
		route({
			method: "post",
			path: "/api/session",
			policy: { open: "this is where people become known" },
			summary:
				'Sign in with {name, password}; in the demo on loopback {"demo": "duty" | "lead" | "planner" | "administrator"}',
			body: signIn,
			handle: async ({ body, source, request }) => {
				if (!("demo" in body)) return signedIn(parts, await core.call("signIn", { ...body, source }));
				if (!gate.isLocalBrowser(request)) return problem("not-local", "the demo's roles are for this machine only");
				return signedIn(parts, await core.call("demoSession", { role: body.demo, source }));
			},
		}),
		route({
			method: "delete",
			path: "/api/session",
			policy: { open: "whoever has a session may end it" },
			summary: "Sign out; the sockets of the session are closed",
			handle: async ({ request, source }) => {
				const secret = cookieOf(request);
				if (secret !== null) await core.call("signOut", { idHash: hashOfSecret(secret), source });
				return { body: { ok: true }, headers: { "Set-Cookie": gate.cookie("", 0) } };
			},
		}),
		route({
			method: "post",
			path: "/api/setup",
			policy: { open: "the code that the terminal printed is the key, once" },
			summary: "First run of a real folder: make the first administrator",
			body: z.object({ code: z.string().min(1).max(80), name: z.string().min(1).max(40), password }).strict(),
			handle: async ({ body, source }) => signedIn(parts, await core.call("setUp", { ...body, source })),
		}),
		...ownRoutes(parts),
	];
}

/** What anybody with a session does about it. Open, because one that must set a password is nobody elsewhere. */
function ownRoutes(parts: HttpParts): Route[] {
	const { core, gate } = parts;
	const nobody = problem("unauthorized", "sign in with name and password first");
	return [
		route({
			method: "post",
			path: "/api/session/password",
			policy: { open: "asks for the session's cookie and the old password itself" },
			summary: "Set a password of your own; your other sessions end, this one goes on with a new cookie",
			body: z.object({ old: password, password }).strict(),
			handle: async ({ body, source, request }) => {
				const secret = cookieOf(request);
				if (secret === null) return nobody;
				const asked = { idHash: hashOfSecret(secret), old: body.old, password: body.password, source };
				return signedIn(parts, await core.call("changePassword", asked));
			},
		}),
		route({
			method: "post",
			path: "/api/session/active",
			policy: { open: "asks for the session's cookie itself; changes nothing but its idle time" },
			summary: "A person has touched the page: the session is not idle",
			body: z.object({}).strict(),
			handle: async ({ request }) => {
				if ((await fromStore(gate.session(request))) === null) return nobody;
				gate.acted(request);
				return { body: { ok: true } };
			},
		}),
	];
}

function signedIn({ gate }: HttpParts, session: Session | Problem): Answer | Problem {
	if (isProblem(session)) return session;
	const { secret, user, roles, scope, expiresAt, mustChange } = session;
	const body = { user, roles, scope, mustChange, home: homeOf(roles) };
	return { body, headers: { "Set-Cookie": gate.cookie(secret, expiresAt) } };
}
