// What became of each message to the outside: every try is a log line of the channel and of the alarms it spoke of, and a
// channel that does not get through is itself an alarm. Called by the outbox; waits for nothing.
import type { Alarm } from "#model/alarm.ts";
import type { Delivery, Outlet } from "#model/outlet.ts";
import { outletFaultText } from "#model/outlet_fault.ts";
import { ANY_SYSTEM, type NewLine } from "#model/register.ts";
import { subjectOf } from "#model/subject.ts";
import type { Alarms } from "./alarms.ts";
import type { Notes } from "./reach_notes.ts";
import type { Register } from "./register.ts";

export const OUTLET_RULE = "outlet-failed";
/** Failed tries one after the other until the channel counts as broken; a message that has given up counts at once. */
const BROKEN_AFTER = 3;
/** Alarms of one message that get a line of their own; a longer message is read at the channel. */
const LINES_MAX = 20;
const PROVINCE = "210000";

export interface DeliveriesParts {
	readonly alarms: Pick<Alarms, "get" | "set" | "held">;
	readonly notes: Notes;
	readonly register: Register;
	readonly clock: { now(): number };
}

export class Deliveries {
	private readonly parts: DeliveriesParts;
	private readonly failed = new Map<string, number>();

	constructor(parts: DeliveriesParts) {
		this.parts = parts;
		// A channel that was taken away or switched off is nobody's trouble any more.
		parts.register.listen((entries) => {
			for (const { kind, id, body, removed } of entries)
				if (kind === "outlet" && (removed || !(body as Outlet).enabled)) this.tell(id, null, "渠道已停用");
		});
	}

	/** Failed tries one after the other. */
	failedTries(outlet: string): number {
		return this.failed.get(outlet) ?? 0;
	}

	tried(delivery: Delivery): void {
		const fault = delivery.tries.at(-1)?.problem ?? null;
		this.parts.notes.add(this.linesOf(delivery));
		if (delivery.state === "sent") {
			this.failed.delete(delivery.outlet);
			this.tell(delivery.outlet, null, `外呼渠道“${delivery.name}”已恢复`);
			return;
		}
		// A test tells the person who pressed it.
		if (delivery.isTest || this.parts.register.find("outlet", delivery.outlet) === null) return;
		const failed = (this.failed.get(delivery.outlet) ?? 0) + 1;
		this.failed.set(delivery.outlet, failed);
		if (delivery.state === "waiting" && failed < BROKEN_AFTER) return;
		const why =
			delivery.state === "dropped"
				? "等待外呼的消息过多，最早的一条已放弃"
				: fault === null
					? ""
					: outletFaultText(fault).zh;
		this.tell(delivery.outlet, failed, `外呼渠道“${delivery.name}”发送失败：${why}`);
	}

	private tell(outlet: string, failed: number | null, why: string): void {
		const subject = subjectOf("system", `outlet-${outlet}`);
		if (failed === null && this.parts.alarms.held(subject, OUTLET_RULE) === 0) return;
		this.parts.alarms.set(subject, OUTLET_RULE, {
			severity: failed === null ? 0 : 3,
			at: this.parts.clock.now(),
			value: failed,
			limit: BROKEN_AFTER,
			clause: null,
			why,
			unverified: false,
		});
	}

	private linesOf({ id, at, outlet, name, words, isTest, tries, state }: Delivery): NewLine[] {
		const fault = tries.at(-1)?.problem ?? null;
		const detail = {
			/** Of the try, not of the line. */
			at: tries.at(-1)?.at ?? at,
			message: id,
			outlet,
			name,
			title: words.title,
			isTest,
			state,
			try: tries.length,
			problem: fault?.problem ?? null,
			why: fault === null ? null : outletFaultText(fault).zh,
		};
		const base = { kind: "reach.delivery" as const, detail };
		const alarms = words.alarms.length > LINES_MAX ? [] : words.alarms.map((one) => this.parts.alarms.get(one));
		return [
			{ ...base, subject: `outlet:${outlet}`, district: PROVINCE, system: ANY_SYSTEM },
			...alarms
				.filter((alarm): alarm is Alarm => alarm !== null)
				.map((alarm) => ({ ...base, subject: `alarm:${alarm.id}`, district: alarm.district, system: alarm.system })),
		];
	}
}
