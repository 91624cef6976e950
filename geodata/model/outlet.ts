// An outside channel (外呼渠道): what an administrator sets down of an SMS or voice gateway, a group robot, a mail server or a
// webhook; the list of addresses that may be connected to at all; and the acts that change them. The bodies hold secrets:
// they never leave core, and a page is given `masked` ones.
import { z } from "zod";
import { type ActTable, actBody } from "./act.ts";
import { parseAllowed } from "./allowed.ts";
import { lineKindIds } from "./line_kind.ts";
import { isProblem, type Problem } from "./problem.ts";
import { DEFAULT_PLAN, type EscalationPlan, stepKinds } from "./reach.ts";

/** `http`: any SMS or voice call-out gateway by a template. `heartbeat`: tells an outside watch that the chain is whole, and nothing else. */
export const outletTypes = ["http", "wecom", "dingtalk", "smtp", "webhook", "heartbeat"] as const;
/** How often a heartbeat goes out where nobody said, s. */
export const BEAT_EVERY_S = 60;

const text = (max: number) => z.string().max(max);
/** Phone numbers or mail addresses. */
const recipients = z.array(z.string().trim().min(1).max(120)).max(40);

export const outletSchema = z
	.object({
		name: z.string().trim().min(1).max(40),
		type: z.enum(outletTypes),
		enabled: z.boolean(),
		/** Alarms of this level and above. */
		minLevel: z.number().int().min(1).max(4),
		/** Only alarms below these districts; empty: all. */
		districts: z.array(z.string().regex(/^\d{6}$/)).max(120),
		/** Which steps it carries. */
		steps: z.array(z.enum(stepKinds)).min(1).max(stepKinds.length),
		/** http(s)://..., or smtp(s)://host:port. A robot's key or token stands in it. */
		url: z.string().trim().min(8).max(2_000),
		/** dingtalk: SEC...; webhook: signing key; smtp: password. Empty: none. */
		secret: text(400),
		/** smtp: user and sender. */
		user: text(120),
		from: text(120),
		/** Who is told, besides the person of the step when the contact book knows a number. */
		to: recipients,
		/** http: what is sent. Placeholders {{title}} {{text}} {{phone}} {{level}} {{place}} {{time}} {{count}}. */
		method: z.enum(["POST", "GET"]),
		contentType: z.enum(["application/json", "application/x-www-form-urlencoded", "text/plain"]),
		body: text(8_000),
		headers: z.array(z.object({ name: z.string().regex(/^[A-Za-z0-9-]{1,60}$/), value: text(1_000) }).strict()).max(12),
		/** Must stand in the answer of a gateway that says 200 to everything; empty: the status decides. */
		expect: text(200),
		/** PEM certificates that this channel trusts, and no others then: a house's own authority. Empty or not there: the usual ones. */
		ca: text(20_000).optional(),
		/** heartbeat: seconds between two. */
		everyS: z.number().int().min(10).max(3_600).optional(),
	})
	.strict();
export type Outlet = z.infer<typeof outletSchema>;

/** What is to be said, whatever the channel. */
export interface Words {
	readonly title: string;
	readonly text: string;
	readonly level: string;
	readonly place: string;
	readonly time: string;
	readonly count: number;
	/** Ids of the alarms it speaks of. */
	readonly alarms: readonly string[];
	/** Numbers or addresses of the people of this step, besides the channel's own. */
	readonly to: readonly string[];
}

/** One message through one outlet, with every try. */
export interface Delivery {
	readonly id: string;
	readonly outlet: string;
	readonly name: string;
	readonly words: Words;
	readonly isTest: boolean;
	readonly at: number;
	readonly tries: readonly { readonly at: number; readonly problem: Problem | null }[];
	/** `dropped`: too many waited; the oldest gives way. */
	readonly state: "waiting" | "sent" | "failed" | "dropped";
}

/** An outlet as a page may see it. */
export interface OutletView {
	readonly id: string;
	readonly outlet: Outlet;
	readonly hasSecret: boolean;
}

/** Stands for what is kept and not shown. A page that sends it back changes nothing there. */
export const MASK = "••••••";

const ms = (least: number) => z.number().int().min(least).max(86_400_000).nullable();
export const levelPlanSchema = z
	.object({ renderedMs: ms(5_000), ackMs: ms(10_000), repeatMs: ms(30_000), deaf: z.boolean() })
	.strict();
const four = z.tuple([levelPlanSchema, levelPlanSchema, levelPlanSchema, levelPlanSchema]);

/** What the register holds under plan "reach": levels 1 to 4. */
export interface ReachPlanBody {
	readonly levels: z.infer<typeof four>;
}
export const PLAN_ID = "reach";

/** The plan in force: what an administrator set, else the default. */
export function planOf(body: unknown): EscalationPlan {
	const parsed = four.safeParse((body as ReachPlanBody | null)?.levels);
	return parsed.success ? [DEFAULT_PLAN[0], ...parsed.data] : DEFAULT_PLAN;
}

/** What the register holds under allow "reach": where outside channels may connect to. */
export interface AllowBody {
	readonly entries: readonly string[];
}
export const ALLOW_ID = "reach";

const allowEntry = z
	.string()
	.trim()
	.max(300)
	.refine(
		(entry) => !isProblem(parseAllowed(entry)),
		"host:port, an address with a port, or a CIDR with or without a port",
	);

export const reachActs = {
	"reach.plan": {
		action: "reach.edit",
		summary: "Sets the escalation times of the four levels",
		schema: actBody({ levels: four }),
	},
	"reach.outlet": {
		action: "reach.edit",
		summary: "Adds or changes an outside channel; id null adds one",
		schema: actBody({ id: z.string().max(64).nullable(), outlet: outletSchema }),
	},
	"reach.outlet-remove": {
		action: "reach.edit",
		summary: "Removes an outside channel",
		schema: actBody({ id: z.string().max(64) }),
	},
	"reach.allow": {
		action: "reach.edit",
		summary: "Sets where outside channels may connect to: host:port, or CIDR with or without a port",
		schema: actBody({ entries: z.array(allowEntry).max(200) }),
	},
	"reach.test": {
		action: "reach.edit",
		summary: "Sends a test message through one outside channel",
		schema: actBody({ id: z.string().max(64) }),
	},
	"reach.note": {
		action: "read",
		mounted: false,
		summary: "The server writes down steps and deliveries",
		schema: actBody({
			lines: z
				.array(
					z.object({
						subject: text(200),
						kind: z.enum(lineKindIds),
						district: z.string().regex(/^\d{6}$/),
						system: text(48),
						detail: z.record(z.string(), z.unknown()),
					}),
				)
				.max(2_000),
		}),
	},
} as const satisfies ActTable;
