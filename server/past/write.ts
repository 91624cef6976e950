// Puts a made past into a store of its own: catalogue and devices, the log of alarms with its audit records, judged states, the
// newest readings; then one backup file of it all. Works in a folder that nobody else has open.

import { DEMO_ROTA } from "#geodata/liaoning/demo/rota.ts";
import type { Transition } from "#model/alarm.ts";
import type { AuditRecord } from "#model/audit.ts";
import { DEMO_HISTORY_SETTING, ROTA_SETTING } from "#model/duty.ts";
import { ManualClock } from "../clock.ts";
import { type DemoSeed, writeDevices } from "../demo.ts";
import { openStore } from "../store/sqlite.ts";
import type { CommitBatch, Edit, Store } from "../store/store.ts";
import type { Logged, Past } from "./make.ts";

/** Transitions of one commit. */
const AT_ONCE = 2_000;

const NOTHING: CommitBatch = {
	readings: null,
	transitions: [],
	audits: [],
	answers: [],
	judged: [],
	edits: [],
	receipts: [],
};

/** `folder` holds the month files of the past already. Rejects with the store's named cause. */
export async function writePast(folder: string, file: string, seed: DemoSeed, past: Past): Promise<void> {
	await writeDevices(folder, seed.devices);
	const store = openStore({ folder, clock: new ManualClock(past.until) });
	try {
		await store.load();
		const puts = seed.assets.map((record): Edit => ({ type: "asset.put", record }));
		const settings: Edit[] = [
			{ type: "setting.put", name: ROTA_SETTING, value: JSON.stringify(DEMO_ROTA) },
			{ type: "setting.put", name: DEMO_HISTORY_SETTING, value: String(past.until) },
		];
		await store.commit({
			...NOTHING,
			edits: [...puts, ...past.channels, ...seed.edits, ...settings],
			audits: [seed.audit],
		});
		await writeLog(store, past.log);
		await store.commit({ ...NOTHING, readings: past.newest, judged: past.judged });
		await store.backup(file);
	} finally {
		await store.close();
	}
}

async function writeLog(store: Store, log: readonly Logged[]): Promise<void> {
	for (let begin = 0; begin < log.length; begin += AT_ONCE) {
		const some = log.slice(begin, begin + AT_ONCE);
		const transitions = some.map(({ change, act }, n): Transition => {
			const seq = begin + n + 1;
			return { ...change, alarm: { ...change.alarm, seq }, seq, commandId: act === null ? null : `past-${seq}` };
		});
		await store.commit({ ...NOTHING, transitions, audits: some.flatMap(auditOf) });
	}
}

/** What a person did is on record twice: in the log of the alarm and in the audit. */
function auditOf({ change, act }: Logged): AuditRecord[] {
	if (act === null) return [];
	const detail = { alarm: act.alarm, occurrence: act.occurrence, note: act.note, generated: true };
	return [
		{
			at: act.at,
			user: act.by,
			action: `alarm.${act.type}`,
			subject: change.alarm.subject,
			result: "ok",
			detail: JSON.stringify(detail),
			source: "demo",
		},
	];
}
