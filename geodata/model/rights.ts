// Who may do what, where: roles, actions and scope as pure functions. Every route, socket event and command asks here;
// a role or scope is never tested anywhere else.
import { z } from "zod";
import { districtPrefix } from "./ids.ts";
import type { Problem } from "./problem.ts";
import { problem } from "./problem.ts";

export const roles = ["viewer", "wall", "duty", "planner", "administrator"] as const;
export type Role = (typeof roles)[number];

export const actions = [
	"read",
	"alarm.acknowledge",
	"alarm.shelve",
	"alarm.assign",
	"alarm.comment",
	"alarm.out-of-service",
	"catalogue.edit",
	"device.edit",
	"rule.edit",
	"people.edit",
	"audit.read",
] as const;
export type Action = (typeof actions)[number];

const allowed: Readonly<Record<Role, readonly Action[]>> = {
	viewer: ["read"],
	wall: ["read"],
	duty: ["read", "alarm.acknowledge", "alarm.shelve", "alarm.assign", "alarm.comment"],
	planner: ["read", "alarm.comment"],
	administrator: [...actions],
};

/** What a person sees and may touch. Codes as in GB/T 2260: 210000 is the whole province, 210100 a city with its districts. */
export const scopeSchema = z
	.object({
		districts: z.array(z.string().regex(/^\d{6}$/)).max(120),
		/** null: every system. */
		systems: z.array(z.string().max(48)).max(60).nullable(),
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
}

export function inScope(scope: Scope, place: Place): boolean {
	// Trouble of the system itself concerns every desk.
	if (place.system !== "system" && scope.systems !== null && !scope.systems.includes(place.system)) return false;
	if (place.system === "system") return true;
	return scope.districts.some((code) => place.district.startsWith(districtPrefix(code)));
}

/** @returns null when allowed; Problem "forbidden" (role) or "not-found" (outside the scope: its existence is not told). */
export function refuse(who: Who, action: Action, place: Place | null): Problem | null {
	if (!who.roles.some((role) => allowed[role].includes(action)))
		return problem("forbidden", `your role may not do ${action}`);
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
	return { districts: [...new Set(districts)], systems };
}
