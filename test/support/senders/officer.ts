// A duty officer who acknowledges without rest and keeps a book of what was answered. An answer that did not come is asked for
// again with the same commandId, as a page does.
import { randomUUID } from "node:crypto";
import type { Alarm } from "#model/alarm.ts";
import type { Api } from "../api.ts";
import { pause } from "./sender.ts";
import type { Chance } from "./walk.ts";

export interface Answered {
	readonly commandId: string;
	readonly alarmId: string;
	readonly occurrence: number;
	readonly seq: number;
}

export class Officer {
	/** Told ok, with the seq they were told. */
	readonly answered: Answered[] = [];
	/** Refused because the alarm was raised again or was acknowledged already. */
	refused = 0;
	/** Sent again because the first answer never came. */
	repeats = 0;
	private readonly api: Api;
	private readonly chance: Chance;
	private running = false;
	private work: Promise<void> = Promise.resolve();

	constructor(api: Api, chance: Chance) {
		this.api = api;
		this.chance = chance;
	}

	start(): void {
		this.running = true;
		this.work = this.run();
	}

	/** Resolves when the last command is answered. */
	async stop(): Promise<void> {
		this.running = false;
		await this.work;
	}

	private async run(): Promise<void> {
		while (this.running) {
			const alarm = await this.pick();
			if (alarm === null) await pause(50);
			else await this.acknowledge(alarm);
		}
	}

	private async pick(): Promise<Alarm | null> {
		try {
			const { status, body } = await this.api.ask<{ alarms: Alarm[] }>("GET", "/api/alarms?limit=200");
			if (status !== 200) return null;
			const fresh = body.alarms.filter((alarm) => !alarm.acknowledged && alarm.seq !== null);
			return fresh[this.chance.whole(0, Math.max(1, fresh.length))] ?? null;
		} catch {
			// Nobody there: asked again.
			return null;
		}
	}

	private async acknowledge(alarm: Alarm): Promise<void> {
		const commandId = randomUUID();
		const body = { commandId, occurrence: alarm.occurrence };
		for (;;) {
			const told = await this.api
				.ask<{ seq?: number; problem?: string }>("POST", `/api/alarms/${alarm.id}/acknowledge`, body)
				.catch(() => null);
			if (told?.status === 200 && told.body.seq !== undefined) {
				this.answered.push({ commandId, alarmId: alarm.id, occurrence: alarm.occurrence, seq: told.body.seq });
				return;
			}
			if (told?.status === 409) {
				this.refused++;
				return;
			}
			if (told !== null && told.status !== 503)
				throw new Error(`acknowledge: ${told.status} ${JSON.stringify(told.body)}`);
			this.repeats++;
			await pause(50);
		}
	}
}
