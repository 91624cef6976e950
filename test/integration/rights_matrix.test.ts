// Every route, act and socket event x every role and nobody x where its object lies (own county, sibling county, the city above,
// another city, nowhere): what is allowed is what rights.ts says, and no answer to a county's people holds a word that was seeded
// elsewhere. The cells are made from the registries, so that a new route is in it by being a route.
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ZodType } from "zod";
import { type ActName, actNames, acts } from "../../geodata/model/acts.ts";
import type { AssetRecord } from "../../geodata/model/catalogue.ts";
import { isProblem } from "../../geodata/model/problem.ts";
import type { Action, Role, Scope } from "../../geodata/model/rights.ts";
import { refuse, roles, WHOLE_PROVINCE } from "../../geodata/model/rights.ts";
import { systemClock } from "../../server/clock.ts";
import { allRoutes } from "../../server/http/app.ts";
import type { HttpParts } from "../../server/http/parts.ts";
import type { JsonRoute } from "../../server/http/registry.ts";
import { openLog } from "../../server/log.ts";
import { socketEvents } from "../../server/wire/events.ts";
import { Api, anAsset } from "../support/api.ts";
import type { House } from "../support/house.ts";
import { openHouse, ROOT } from "../support/house.ts";
import { type Names, sampleOf } from "../support/sample.ts";
import { isNightly, patience } from "../support/tier.ts";

/** Where the object of a question lies, seen from 和平区. */
const DISTRICTS = { own: "210102", sibling: "210104", parent: "210100", other: "210202", forged: "219999" } as const;
type Relation = keyof typeof DISTRICTS;
const RELATIONS = Object.keys(DISTRICTS) as Relation[];
const SEEDED = RELATIONS.filter((relation) => relation !== "forged");
const STRANGE: readonly Relation[] = RELATIONS.filter((relation) => relation !== "own");
const OWN: Scope = { districts: [DISTRICTS.own], systems: null };
/** In every text that was seeded at a place; never sent by a question. */
const mark = (relation: Relation): string => `CANARY-${DISTRICTS[relation]}`;

let house: House;
let routes: readonly JsonRoute[];
const sessions = new Map<Role, Api>();
/** The value of every row. */
const SECRET = 4_242;
/** What stands at each place, by the name that a body or path calls it. */
const objects = new Map<Relation, { asset: string; alarm: string; incident: string; user: string }>();
let commands = 0;

beforeAll(async () => {
	house = await openHouse(SEEDED.map((relation, i) => seedAsset(relation, i)));
	for (const relation of SEEDED) await seed(relation);
	const { latest, followers } = house.core.heart;
	for (let row = 0; row < latest.cells.rows; row++) latest.write(row, SECRET, Date.now(), 1, 0);
	followers.tick();
	for (const role of roles) {
		const assets = role === "enterprise" ? { assets: [`asset-${DISTRICTS.own}`] } : {};
		await house.make(`role-${role}`, [role], { ...OWN, ...assets });
		sessions.set(role, await house.signIn(`role-${role}`));
	}
	routes = allRoutes({
		mirror: house.web.mirror,
		clock: systemClock,
		log: openLog("test", "silent"),
		policyFile: `${house.core.folder}/policy.json`,
		pageFolder: house.core.folder,
		cameras: { socket: `${house.core.folder}/none.sock` },
		controlSocket: `${house.core.folder}/none.sock`,
		store: {},
		core: {},
	} as unknown as HttpParts).filter((route) => route.type === "json");
}, 60_000);
afterAll(() => house?.close());

function seedAsset(relation: Relation, i: number): AssetRecord {
	const district = DISTRICTS[relation];
	return { ...anAsset("gasSpace", `asset-${district}`, i), district, name: mark(relation), site: mark(relation) };
}

/** An alarm, a person, and everything that the acts about incidents and windows make. */
async function seed(relation: Relation): Promise<void> {
	const district = DISTRICTS[relation];
	const asset = `asset-${district}`;
	const { alarms, acts: engine } = house.core.heart;
	const facts = { severity: 3, at: Date.now(), value: 2, limit: 1, clause: null, unverified: false } as const;
	alarms.set(`asset:${asset}`, "canary", { ...facts, why: mark(relation) });
	const alarm = [...alarms.open()].find((one) => one.asset === asset)?.id ?? "";
	const user = `canary-${district}`;
	const person = { name: user, fullName: mark(relation), unit: mark(relation), roles: ["duty"] as const };
	const scope = { districts: [district], systems: null };
	const made = await house.core.heart.accounts.putUser(ROOT, { ...person, scope }, "Canary-River-77", true, "test");
	if (isProblem(made)) throw new Error(JSON.stringify(made));
	await house.core.heart.recorder.settled();
	objects.set(relation, { asset, alarm, incident: "none", user });
	for (const name of actNames.filter((act) => /^(incident\.(open|note)|window\.)/.test(act))) {
		const body = sampleOf(acts[name].schema as ZodType, namesAt(relation, mark(relation)));
		const answer = (await engine.run({ who: ROOT, name, body, source: "test" })) as { ok: boolean; id?: string };
		if (answer.ok && name === "incident.open") {
			objects.set(relation, { asset, alarm, incident: answer.id ?? "none", user });
		}
	}
}

function namesAt(relation: Relation, text: string): Names {
	const district = DISTRICTS[relation];
	const at = objects.get(relation) ?? { asset: "none", alarm: "none", incident: "none", user: "none" };
	return {
		mark: text,
		next: () => `matrix-${++commands}`,
		known: {
			district,
			districts: [district],
			asset: at.asset,
			assets: [at.asset],
			alarm: at.alarm,
			alarms: [at.alarm],
			rootAlarm: null,
			incident: at.incident,
			id: at.incident,
			ids: [at.alarm],
			scope: { districts: [district], systems: null },
			subject: `alarm:${at.alarm}`,
			lon: 123.4,
			lat: 41.8,
			occurrence: 1,
			until: Date.now() + 3_600_000,
			from: Date.now(),
			to: Date.now() + 3_600_000,
		},
	};
}

/** Bodies that their schema does not tell. */
function bodyAt(route: JsonRoute, relation: Relation): unknown {
	const { asset } = objects.get(relation) ?? { asset: "none" };
	if (route.path === "/api/assets") return { assets: [seedAsset(relation, 9)] };
	if (route.path === "/api/devices") return { asset, door: "http" };
	if (route.path === "/api/rules") {
		const levels = [{ severity: 3, value: 1 }];
		return { kind: "gasSpace", asset, limit: { id: "matrix", measure: "methane", when: "above", levels } };
	}
	return route.body === undefined ? undefined : sampleOf(route.body, namesAt(relation, "SENT"));
}

interface Question {
	readonly route: JsonRoute;
	readonly relation: Relation;
	readonly path: string;
	readonly body: unknown;
	/** It names the object of the relation, so that an answer must be a refusal where that lies elsewhere. */
	readonly named: boolean;
}

function pathAt(route: JsonRoute, relation: Relation): string {
	const at = objects.get(relation) ?? { asset: "none", alarm: "none", incident: "none", user: "none" };
	const id = route.path.includes("/alarms") || route.path.includes("/chain") ? at.alarm : at.asset;
	const asked = route.path.includes("incident") ? at.incident : id;
	return route.path.replace(/:name\b/g, at.user).replace(/:\w+/g, asked || "none");
}

/** Parameters that say which place or thing is meant; the others keep their defaults. */
function queryAt(route: JsonRoute, relation: Relation): string {
	const shape = (route.query as { shape?: Record<string, unknown> } | undefined)?.shape ?? {};
	const at = objects.get(relation);
	const values: Record<string, string> = {
		district: DISTRICTS[relation],
		city: DISTRICTS[relation],
		q: "CANARY",
		subject: `alarm:${at?.alarm ?? "none"}`,
		alarm: at?.alarm ?? "none",
		asset: at?.asset ?? "none",
		incident: at?.incident ?? "none",
		from: String(Date.now() - 3_600_000),
		to: String(Date.now() + 1_000),
		measure: "methane",
		state: "all",
	};
	const given = Object.keys(shape).flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]]));
	return given.length === 0 ? "" : `?${new URLSearchParams(given as [string, string][])}`;
}

function questionsOf(route: JsonRoute): Question[] {
	if (route.method === "get") {
		const plain = { route, relation: "own" as const, path: route.path, body: undefined, named: false };
		const some = RELATIONS.map((relation) => {
			const path = pathAt(route, relation) + queryAt(route, relation);
			return { ...plain, relation, path, named: route.path.includes(":") };
		});
		return route.path.includes(":") ? some : [plain, ...some];
	}
	return RELATIONS.map((relation) => {
		// What is really changed in the own place is tested where it belongs; here it is only asked for.
		const isOwn = relation === "own";
		const path = pathAt(route, isOwn ? "forged" : relation);
		const body = route.body === undefined ? undefined : isOwn ? {} : bodyAt(route, relation);
		const named =
			!isOwn && (route.path.includes(":") || /21\d{4}|alarm-|"a\d+"|"i\d+"/.test(JSON.stringify(body ?? "")));
		return { route, relation, path, body, named };
	});
}

async function ask(api: Api, { route, path, body }: Question): Promise<{ status: number; text: string }> {
	const response = await fetch(api.url + path, {
		method: route.method.toUpperCase(),
		headers: { cookie: api.cookie, ...(body === undefined ? {} : { "content-type": "application/json" }) },
		...(body === undefined ? {} : { body: JSON.stringify(body) }),
	});
	return { status: response.status, text: await response.text() };
}

/** The words of other places that an answer holds. */
function leaks(text: string): string[] {
	return SEEDED.filter((relation) => relation !== "own" && text.includes(mark(relation))).map(mark);
}

function allows(role: Role, action: Action): boolean {
	const enterprise = role === "enterprise" ? { assets: [`asset-${DISTRICTS.own}`] } : {};
	return refuse({ user: role, roles: [role], scope: { ...OWN, ...enterprise } }, action, null) === null;
}

/** A document takes a second to set; what it says is what its page says. */
function isUsual({ route, relation }: Question, role: Role | null): boolean {
	if (!/\.(pdf|docx)$/.test(route.path)) return ["own", "sibling", "other"].includes(relation);
	return relation === "own" && (role === "duty" || role === "enterprise" || role === null);
}

async function inParallel<T>(list: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
	const rest = [...list];
	const run = async (): Promise<void> => {
		for (let one = rest.shift(); one !== undefined; one = rest.shift()) await work(one);
	};
	await Promise.all(Array.from({ length: 8 }, run));
}

test("the seeds are there: each place has an asset, an alarm, a person, an incident", () => {
	for (const relation of SEEDED) {
		const at = objects.get(relation);
		expect(at?.alarm, relation).not.toBe("");
		expect(at?.incident, relation).not.toBe("none");
	}
	expect(routes.length).toBeGreaterThan(50);
	expect(actNames.every((name) => routes.some(({ path }) => path === `/api/acts/${name}`) || isUnmounted(name))).toBe(
		true,
	);
});

function isUnmounted(name: ActName): boolean {
	return (acts[name] as { mounted?: boolean }).mounted === false;
}

test("T-50 every route: allowed is what the policy says, and nothing of another place is told", {
	timeout: patience(90_000),
}, async () => {
	const closed = routes.filter(({ policy }) => "action" in policy);
	const wrong: string[] = [];
	let cells = 0;
	const everybody: readonly (Role | null)[] = [...roles, null];
	for (const role of everybody) {
		const api = role === null ? new Api(house.url) : sessions.get(role)!;
		const questions = closed.flatMap((route) => questionsOf(route));
		// Every cell at night; with every change the own place and the two that differ most from it.
		const some = isNightly ? questions : questions.filter((one) => isUsual(one, role));
		await inParallel(some, async (question) => {
			const { route, relation, path, named } = question;
			if (!("action" in route.policy)) return;
			const { status, text } = await ask(api, question);
			cells += 1;
			const cell = `${role ?? "nobody"} ${route.method.toUpperCase()} ${path} (${relation}): ${status} ${text.slice(0, 160)}`;
			const isAllowed = role !== null && allows(role, route.policy.action);
			if (role === null && status !== 401) wrong.push(`nobody is asked to sign in: ${cell}`);
			if (role !== null && !isAllowed && (status !== 403 || !text.includes("forbidden")))
				wrong.push(`not refused: ${cell}`);
			if (isAllowed && (status === 401 || status >= 500)) wrong.push(`not served: ${cell}`);
			if (isAllowed && relation === "own" && status === 403 && !/whole province|beyond-/.test(text))
				wrong.push(`refused though allowed: ${cell}`);
			const isDone = status < 400 && !text.startsWith('{"stored":0,');
			if (named && STRANGE.includes(relation) && isDone) wrong.push(`reached beyond the scope: ${cell}`);
			for (const leak of leaks(text)) wrong.push(`tells ${leak}: ${cell}`);
		});
	}
	expect(wrong.slice(0, 40).join("\n")).toBe("");
	console.log(`T-50: ${cells} cells, ${closed.length} routes, 0 leaks`);
});

test("every open route says why, and tells nobody anything of a place", async () => {
	const nobody = new Api(house.url);
	for (const route of routes.filter(({ policy }) => "open" in policy)) {
		expect("open" in route.policy && route.policy.open.length, route.path).toBeGreaterThan(10);
		if (route.method !== "get") continue;
		const { text } = await ask(nobody, { route, relation: "own", path: route.path, body: undefined, named: false });
		expect(text, route.path).not.toContain("CANARY");
	}
});

test("T-50 every socket event: a forged scope, row, cell or alarm brings nothing of another place", {
	timeout: patience(60_000),
}, async () => {
	const known = socketEvents({} as never);
	for (const role of roles) {
		const api = sessions.get(role)!;
		const screen = await house.screen(api).connected();
		expect(screen.refused, role).toBeNull();
		for (const [name, event] of Object.entries(known)) expect(allows(role, event.action), `${role} ${name}`).toBe(true);
		const rows = Array.from({ length: 40 }, (_, i) => i);
		await screen.follow({ scope: WHOLE_PROVINCE, rows, cells: [0, 1, 2, 3] } as never);
		await screen.until(({ page }) => page.alarms.size > 0);
		const places = [...screen.page.alarms.values()].filter(({ system }) => system !== "system");
		expect(new Set(places.map(({ district }) => district)), role).toEqual(new Set([DISTRICTS.own]));
		expect(leaks(JSON.stringify([...screen.page.alarms.values()])), role).toEqual([]);
		const { assets } = house.web.mirror.catalogue;
		for (const [id, asset] of assets) {
			const isOwn = asset.record.district === DISTRICTS.own && role !== "enterprise";
			for (let row = asset.firstRow; row < asset.firstRow + asset.measures.length; row++) {
				const isTold = screen.page.latest.value[row] === SECRET;
				expect(isTold, `${role} is told row ${row} of ${id}`).toBe(isOwn);
			}
		}
		for (const relation of SEEDED) {
			const alarmId = objects.get(relation)?.alarm;
			const body = { commandId: `socket-${role}-${relation}`, occurrence: 1, note: "seen" };
			const answer = await screen.ask("command", { action: "comment", alarmId, body });
			const isRight = allows(role, "alarm.comment");
			const expected = !isRight ? "forbidden" : relation === "own" ? undefined : "not-found";
			expect(answer.problem, `${role} comments on ${relation}: ${JSON.stringify(answer)}`).toBe(expected);
		}
		screen.close();
	}
	const nobody = await house.screen(new Api(house.url)).connected();
	expect(nobody.refused?.data).toMatchObject({ problem: "unauthorized" });
});
