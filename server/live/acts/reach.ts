// The acts of reach: times of the levels, outside channels with their secrets, the addresses they may connect to, a test, and
// what the server itself writes down of steps and deliveries.
import { X509Certificate } from "node:crypto";
import { ALLOW_ID, type AllowBody, type Outlet, PLAN_ID, type ReachPlanBody, type reachActs } from "#model/outlet.ts";
import { isProblem, problem } from "#model/problem.ts";
import { ANY_SYSTEM, type Put } from "#model/register.ts";
import type { Plans } from "../act.ts";
import { SYSTEM } from "../act_engine.ts";
import { masked, unmasked } from "../outlet_mask.ts";

/** One PEM certificate or several, each readable. */
function isCertificate(pem: string): boolean {
	const all = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
	try {
		return all.length > 0 && all.every((one) => new X509Certificate(one).raw.length > 0);
	} catch {
		return false;
	}
}

const PLACE = { district: "210000", system: ANY_SYSTEM } as const;
const OUTLETS_MAX = 40;

export const reachPlans: Plans<typeof reachActs> = {
	"reach.plan": ({ levels }) => {
		const entry: Put<ReachPlanBody> = { kind: "plan", id: PLAN_ID, ...PLACE, body: { levels } };
		return { entries: [entry], answer: {} };
	},

	"reach.outlet": ({ id, outlet: edited }, { register, newId }) => {
		const kept = id === null ? null : register.find<Outlet>("outlet", id);
		if (id !== null && kept === null) return problem("not-found", "no such channel");
		if (id === null && register.all("outlet").length >= OUTLETS_MAX)
			return problem("too-many", `at most ${OUTLETS_MAX} channels`);
		const outlet = unmasked(edited, kept?.body ?? null);
		if (isProblem(outlet)) return outlet;
		if ((outlet.ca ?? "") !== "" && !isCertificate(outlet.ca ?? ""))
			return problem("bad-ca", "not a certificate in PEM form", "ca");
		const own = id ?? newId("o");
		return {
			entries: [{ kind: "outlet", id: own, ...PLACE, body: outlet }],
			audit: { subject: `outlet:${own}`, detail: { outlet: masked(outlet) } },
			answer: { id: own },
		};
	},

	"reach.outlet-remove": ({ id }, { register }) => {
		const kept = register.find<Outlet>("outlet", id);
		if (kept === null) return problem("not-found", "no such channel");
		// The secrets go with it.
		const body: Outlet = { ...kept.body, enabled: false, url: "", secret: "", headers: [], body: "" };
		return {
			entries: [{ kind: "outlet", id, ...PLACE, body, removed: true }],
			audit: { subject: `outlet:${id}`, detail: { name: kept.body.name } },
			answer: { id },
		};
	},

	"reach.allow": ({ entries }) => {
		const body: AllowBody = { entries: [...new Set(entries)] };
		return {
			entries: [{ kind: "allow", id: ALLOW_ID, ...PLACE, body }],
			audit: { subject: "system:reach-allow", detail: { entries: body.entries } },
			answer: {},
		};
	},

	"reach.test": ({ id }, { register, now, who }) => {
		const kept = register.find<Outlet>("outlet", id);
		if (kept === null) return problem("not-found", "no such channel");
		const message = `t${now}`;
		return {
			lines: [{ subject: `outlet:${id}`, kind: "reach.test", ...PLACE, detail: { message, by: who.user } }],
			answer: { message },
		};
	},

	"reach.note": ({ lines }, { who }) => {
		if (who.user !== SYSTEM.user) return problem("forbidden", "only the system itself writes this");
		return { lines, audit: { subject: "system:reach", detail: { lines: lines.length } }, answer: {} };
	},
};
