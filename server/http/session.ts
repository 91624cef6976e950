// /api/session, /api/setup, /api/users: signing in and out, the first administrator, people. Core decides and stores; here the
// secret becomes a cookie and nothing else.
import { z } from "zod";
import type { Problem } from "#model/problem.ts";
import { isProblem, problem } from "#model/problem.ts";
import { roles, scopeSchema } from "#model/rights.ts";
import { cookieOf, hashOfSecret } from "../auth/who.ts";
import type { Session } from "../bus/bus.ts";
import type { HttpParts } from "./parts.ts";
import { fromStore } from "./problems.ts";
import type { Answer, Route } from "./registry.ts";
import { route } from "./registry.ts";

const password = z.string().min(1).max(200);
const signIn = z.union([
	z.object({ name: z.string().min(1).max(40), password }).strict(),
	z.object({ demo: z.enum(["duty", "planner", "administrator"]) }).strict(),
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
				if (isProblem(who)) return { body: { user: null, roles: [], scope: null, ...signs } };
				return { body: { user: who.user, roles: who.roles, scope: who.scope, ...signs } };
			},
		}),
		route({
			method: "post",
			path: "/api/session",
			policy: { open: "this is where people become known" },
			summary: 'Sign in with {name, password}; in the demo on loopback {"demo": "duty" | "planner" | "administrator"}',
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
		usersRoute(parts),
	];
}

function usersRoute({ core }: HttpParts): Route {
	return route({
		method: "put",
		path: "/api/users/:name",
		policy: { action: "people.edit" },
		summary: "Make or change a person: roles, scope, password, disabled",
		body: z
			.object({
				password: password.nullish(),
				roles: z.array(z.enum(roles)).min(1),
				scope: scopeSchema,
				disabled: z.boolean().default(false),
			})
			.strict(),
		handle: async ({ who, params, body, source }) => {
			const user = { who, name: params.name ?? "", ...body, password: body.password ?? null, source };
			const answer = await core.call("putUser", user);
			return isProblem(answer) ? answer : { body: answer };
		},
	});
}

function signedIn({ gate }: HttpParts, session: Session | Problem): Answer | Problem {
	if (isProblem(session)) return session;
	const { secret, user, roles: own, scope, expiresAt } = session;
	return { body: { user, roles: own, scope }, headers: { "Set-Cookie": gate.cookie(secret, expiresAt) } };
}
