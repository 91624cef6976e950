// Who may do what, where: roles, actions and scope as pure functions. Every route, socket event and command asks here;
// a role or scope is never tested anywhere else.
import { z } from "zod";
import { districtPrefix } from "./ids.ts";
import type { Problem } from "./problem.ts";
import { problem } from "./problem.ts";

export const roles = ["viewer", "wall", "duty", "lead", "planner", "enterprise", "auditor", "administrator"] as const;
export type Role = (typeof roles)[number];

export const actions = [
	"read",
	/** What concerns the caller's own assets; an enterprise has this and not `read`, so a new route is closed to it. */
	"own.read",
	"alarm.acknowledge",
	"alarm.shelve",
	"alarm.assign",
	"alarm.comment",
	"alarm.out-of-service",
	"photo.add",
	"incident.read",
	"incident.edit",
	"incident.close",
	"incident.push",
	"instruction.add",
	"call.log",
	"contact.edit",
	"shift.edit",
	"window.edit",
	"reach.edit",
	"personal.reveal",
	"catalogue.edit",
	"device.edit",
	"rule.edit",
	"people.edit",
	"audit.read",
	"audit.export",
] as const;
export type Action = (typeof actions)[number];

const READ = ["read", "own.read", "incident.read"] as const satisfies readonly Action[];
const DUTY = [
	...READ,
	"alarm.acknowledge",
	"alarm.shelve",
	"alarm.assign",
	"alarm.comment",
	"photo.add",
	"call.log",
	"incident.edit",
	"shift.edit",
	"personal.reveal",
] as const satisfies readonly Action[];

const allowed: Readonly<Record<Role, readonly Action[]>> = {
	viewer: READ,
	wall: READ,
	duty: DUTY,
	lead: [
		...DUTY,
		"alarm.out-of-service",
		"window.edit",
		"incident.close",
		"incident.push",
		"instruction.add",
		"contact.edit",
	],
	planner: [...READ, "alarm.comment"],
	enterprise: ["own.read", "alarm.comment"],
	auditor: [...READ, "audit.read", "audit.export"],
	administrator: actions,
};

/** Acts on what has no district: only who holds the whole province and every system may. */
const undivided: readonly Action[] = ["audit.read", "audit.export", "reach.edit"];

/** What a person sees and may touch. Codes as in GB/T 2260: 210000 is the whole province, 210100 a city with its districts. */
export const scopeSchema = z
	.object({
		districts: z.array(z.string().regex(/^\d{6}$/)).max(120),
		/** null: every system. */
		systems: z.array(z.string().max(48)).max(60).nullable(),
		/** An enterprise's own assets, by id; absent: all that the districts and systems hold. */
		assets: z.array(z.string().max(64)).max(500).optional(),
	})
	.strict();
export type Scope = z.infer<typeof scopeSchema>;

export const WHOLE_PROVINCE: Scope = { districts: ["210000"], systems: null };

export interface Who {
	readonly user: string;
	readonly roles: readonly Role[];
	readonly scope: Scope;
}

/** Where something stands; a system-wide subject has the province's code and system "system". */
export interface Place {
	readonly district: string;
	readonly system: string;
	/** The asset that it is or concerns; without one it is out of reach of a scope of named assets. */
	readonly asset?: string | null | undefined;
}

export function inScope(scope: Scope, place: Place): boolean {
	if (scope.assets !== undefined && !scope.assets.includes(place.asset ?? "")) return false;
	// Trouble of the system itself concerns every desk.
	if (place.system !== "system" && scope.systems !== null && !scope.systems.includes(place.system)) return false;
	if (place.system === "system") return true;
	return scope.districts.some((code) => place.district.startsWith(districtPrefix(code)));
}

/** @returns null when allowed; Problem "forbidden" (role) or "not-found" (outside the scope: its existence is not told). */
export function refuse(who: Who, action: Action, place: Place | null): Problem | null {
	if (!may(who, action)) return problem("forbidden", `your role may not do ${action}`);
	if (undivided.includes(action) && !isUndivided(who.scope))
		return problem("forbidden", `${action} is for those who hold the whole province`);
	if (place !== null && !inScope(who.scope, place)) return problem("not-found", "no such thing in your scope");
	return null;
}

/** What both allow: a screen that asks for less than its scope. Districts narrow to the longer prefix. */
export function narrow(scope: Scope, wish: Scope | null): Scope {
	if (wish === null) return scope;
	const districts: string[] = [];
	for (const wanted of wish.districts) {
		for (const own of scope.districts) {
			if (wanted.startsWith(districtPrefix(own))) districts.push(wanted);
			else if (own.startsWith(districtPrefix(wanted))) districts.push(own);
		}
	}
	const systems =
		wish.systems === null
			? scope.systems
			: scope.systems === null
				? wish.systems
				: wish.systems.filter((id) => scope.systems?.includes(id));
	const assets =
		wish.assets === undefined
			? scope.assets
			: scope.assets === undefined
				? wish.assets
				: wish.assets.filter((id) => scope.assets?.includes(id));
	return { districts: [...new Set(districts)], systems, ...(assets === undefined ? {} : { assets }) };
}

export function isUndivided(scope: Scope): boolean {
	return scope.assets === undefined && scope.systems === null && scope.districts.includes("210000");
}

/** For acts on what has no district although its right is given within one: a rule of a whole kind, devices nobody knows. */
export function refuseUndivided(who: Who, action: Action): Problem | null {
	const refusal = refuse(who, action, null);
	if (refusal !== null || isUndivided(who.scope)) return refusal;
	return problem("forbidden", "this is for those who hold the whole province");
}

/** Everything that `inner` sees, `outer` sees too. */
export function covers(outer: Scope, inner: Scope): boolean {
	const districts = inner.districts.every((code) =>
		outer.districts.some((own) => code.startsWith(districtPrefix(own))),
	);
	const systems = outer.systems === null || (inner.systems?.every((id) => outer.systems?.includes(id)) ?? false);
	const assets = outer.assets === undefined || (inner.assets?.every((id) => outer.assets?.includes(id)) ?? false);
	return districts && systems && assets;
}

/** Nobody gives more than he has. @returns null when `who` may make, change or end a person of these roles and scope. */
export function refuseGrant(who: Who, granted: readonly Role[], scope: Scope): Problem | null {
	const refusal = refuse(who, "people.edit", null);
	if (refusal !== null) return refusal;
	if (!covers(who.scope, scope)) return problem("beyond-scope", "only within your own districts and systems", "scope");
	const lacks = granted.find((role) => allowed[role].some((action) => !may(who, action)));
	return lacks === undefined ? null : problem("beyond-role", `you may not give the role ${lacks}`, "roles");
}

function may(who: Who, action: Action): boolean {
	return who.roles.some((role) => allowed[role].includes(action));
}

/** The page that `/` is for somebody with these roles. */
export function homeOf(own: readonly Role[]): "/duty" | "/plan" | "/admin" | "/wall" {
	if (own.some((role) => role === "duty" || role === "lead" || role === "enterprise")) return "/duty";
	if (own.includes("planner")) return "/plan";
	return own.includes("administrator") || own.includes("auditor") ? "/admin" : "/wall";
}
