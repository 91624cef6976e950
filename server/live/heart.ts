// The heart put together: table, catalogue, judge, derived channels, alarms, recorder, pipeline, watchdog, commands, accounts.
// Loads what the store holds and goes on where it stood. Opens no sockets and knows no SQL: core.ts gives it doors and a store.
import { randomBytes } from "node:crypto";
import { acts } from "#model/acts.ts";
import type { Transition } from "#model/alarm.ts";
import type { System } from "#model/catalogue.ts";
import { Latest } from "#model/latest.ts";
import { Quality } from "#model/measure.ts";
import { TICK_MS } from "#model/protocol.ts";
import type { CoreState } from "../bus/bus.ts";
import type { Clock } from "../clock.ts";
import type { Loaded, Store } from "../store/store.ts";
import { Accounts } from "./accounts.ts";
import { ActEngine } from "./act_engine.ts";
import { actPlans } from "./act_plans.ts";
import { Alarms } from "./alarms.ts";
import { Archivist } from "./archivist.ts";
import { Catalogue } from "./catalogue.ts";
import { Commands } from "./commands.ts";
import { DoorCounters, Pacer } from "./counters.ts";
import { Derived } from "./derive.ts";
import { Devices } from "./devices.ts";
import { Editor } from "./editor.ts";
import { Followers } from "./followers.ts";
import { GATEWAY_KEY_SETTING, Gateways, newGatewayKey } from "./gateways.ts";
import { Housekeeper } from "./housekeeper.ts";
import { Judge } from "./judge.ts";
import { Pipeline } from "./pipeline.ts";
import { Quarantine } from "./quarantine.ts";
import { Recorder } from "./recorder.ts";
import { Register } from "./register.ts";
import { Sources } from "./sources.ts";
import { tellStore } from "./store_alarm.ts";
import type { Passwords } from "./user_rules.ts";
import { Watchdog } from "./watchdog.ts";
import { Windows } from "./windows.ts";

export interface HeartOptions {
	readonly store: Store;
	readonly clock: Clock;
	readonly systems: readonly System[];
	readonly masterKey: string | null;
	readonly passwords: Passwords;
	readonly setUpCode: string;
	readonly demo: boolean;
	readonly warn: (message: string) => void;
}

export type Parts = ReturnType<typeof assemble>;
export type Heart = Parts & { stop(): Promise<void> };

/** What readings are written into, and who may send them. */
function assembleTable({ clock, systems, masterKey }: HeartOptions, loaded: Loaded) {
	const catalogue = new Catalogue(systems);
	const newChannels = catalogue.load(loaded);
	return {
		catalogue,
		newChannels,
		latest: new Latest(randomBytes(4).readUInt32LE() || 1, catalogue.cells),
		sources: new Sources(),
		devices: new Devices(masterKey),
		quarantine: new Quarantine(),
		counters: new DoorCounters(),
		pacer: new Pacer(),
		startedAt: clock.now(),
	};
}

/** Wires the parts; nothing moves yet. */
function assemble(options: HeartOptions, loaded: Loaded) {
	const { store, clock } = options;
	const table = assembleTable(options, loaded);
	const { catalogue, latest, sources, quarantine, counters, startedAt } = table;
	const register = new Register(loaded);
	/** Other parts of core that hear every transition when the screens do. */
	const hearers = new Set<(transitions: readonly Transition[]) => void>();
	// The recorder tells what the alarms, the pipeline and the followers must hear, and they need the recorder.
	const recorder: Recorder = new Recorder(store, loaded.lastSeq, {
		news: (transitions) => {
			for (const { alarm, seq } of transitions) alarms.recorded(alarm.id, seq);
			followers.news(transitions);
			for (const hear of hearers) hear(transitions);
		},
		undone: (alarm) => alarms.undone(alarm),
		failed: (channels) => pipeline.failed(channels),
		stored: (channels) => pipeline.stored(channels),
	});
	const windows = new Windows(register, clock);
	const gatewayKey = loaded.settings.get(GATEWAY_KEY_SETTING) ?? newGatewayKey();
	const gateways = new Gateways(gatewayKey, catalogue, sources);
	const alarms: Alarms = new Alarms(
		catalogue,
		() => recorder,
		(alarm) => windows.over(alarm),
		(alarm) => gateways.behind(alarm),
	);
	const judge = new Judge(catalogue, latest, alarms, recorder);
	const derived = new Derived(catalogue, latest);
	const pipeline: Pipeline = new Pipeline({ catalogue, latest, judge, derived, recorder, sources, clock, store });
	const watchdog = new Watchdog({ catalogue, latest, judge, alarms, sources });
	const commands = new Commands({ alarms, recorder, store, clock });
	const accounts = new Accounts({ ...options, recorder, users: loaded.users, sessions: loaded.sessions });
	const state = (): CoreState =>
		stateOf({ clock, startedAt, options, latest, recorder, counters, pipeline, quarantine, accounts });
	const followers: Followers = new Followers({
		catalogue,
		latest,
		alarms,
		register,
		clock,
		lastSeq: () => recorder.lastSeq,
		state,
	});
	const changed = followers.catalogueChanged.bind(followers);
	const told = followers.registerChanged.bind(followers);
	const wired = { ...table, store, clock, judge, derived, watchdog, recorder, alarms, register, pipeline, followers };
	const fullNameOf = (user: string): string => accounts.find(user)?.fullName ?? "";
	const engine = new ActEngine({ ...wired, acts, plans: actPlans, changed: told, fullNameOf });
	return {
		...wired,
		hearers,
		gatewayKey,
		commands,
		accounts,
		state,
		acts: engine,
		archivist: new Archivist({ acts: engine, register, clock, warn: options.warn }),
		editor: new Editor({ ...wired, changed }),
		housekeeper: new Housekeeper({ store, clock, catalogue, latest, warn: options.warn }),
	};
}

/** Loads, wires and starts the timers. Rejects with the store's named cause when it cannot be opened. */
export async function beat(options: HeartOptions, loaded: Loaded): Promise<Heart> {
	const parts = assemble(options, loaded);
	const {
		accounts,
		alarms,
		catalogue,
		clock,
		derived,
		editor,
		followers,
		housekeeper,
		pipeline,
		quarantine,
		recorder,
		store,
		watchdog,
	} = parts;
	alarms.load(loaded.alarms);
	editor.admit([...catalogue.assets.values()]);
	restoreTable(loaded, parts);
	for (const record of loaded.devices) editor.adopt(record);
	if (!loaded.settings.has(GATEWAY_KEY_SETTING))
		await recorder.edit([{ type: "setting.put", name: GATEWAY_KEY_SETTING, value: parts.gatewayKey }], []);
	if (parts.newChannels.length > 0) await recorder.edit(parts.newChannels, []);
	if (derived.memoryMs > 0)
		derived.refill(await store.readings(derived.sourceChannels(), parts.startedAt - derived.memoryMs));
	const everySecond = (): void => {
		const now = clock.now();
		watchdog.tick(now);
		alarms.endShelves(now);
		alarms.endSuppressions(now);
		quarantine.expire(now);
		followers.state();
		accounts.tick(now).catch((error: Error) => options.warn(`idle sessions could not be ended: ${error.message}`));
	};
	const everyTick = (): void => {
		pipeline.tick(clock.now());
		followers.tick();
	};
	const stops = [
		store.watch((state) => tellStore(alarms, state, clock.now())),
		clock.every(TICK_MS, everyTick),
		clock.every(1000, everySecond),
	];
	housekeeper.start();
	parts.archivist.start();
	const stop = async (): Promise<void> => {
		for (const end of stops) end();
		housekeeper.stop();
		await parts.archivist.stop();
		await recorder.stop();
		// A last key frame, so that the next start is quick.
		if (store.state().open) await housekeeper.keyFrame();
		await store.close();
	};
	return { ...parts, stop };
}

/** The newest readings and judged states, as they stood. */
function restoreTable(loaded: Loaded, { catalogue, latest, sources, judge }: Parts): void {
	const { channel, at, count, quality, receivedAt } = loaded.latest;
	judge.load(loaded.judged);
	for (let i = 0; i < channel.length; i++) {
		const row = catalogue.rowOf.get(channel[i]!);
		if (row === undefined || quality[i] === Quality.none) continue;
		latest.write(row, count[i]!, at[i]!, quality[i]!, judge.severityOf(row));
		sources.spoke(row, receivedAt[i]!);
	}
	// A condition without a reading (a silence limit, a state row) holds too.
	for (const known of catalogue.channels) if (known !== undefined) latest.judge(known.row, judge.severityOf(known.row));
}

interface StateParts {
	readonly clock: Clock;
	readonly startedAt: number;
	readonly options: HeartOptions;
	readonly latest: Latest;
	readonly recorder: Recorder;
	readonly counters: DoorCounters;
	readonly pipeline: Pipeline;
	readonly quarantine: Quarantine;
	readonly accounts: Accounts;
}

function stateOf(parts: StateParts): CoreState {
	const store = parts.options.store.state();
	return {
		type: "state",
		now: parts.clock.now(),
		startedAt: parts.startedAt,
		demo: parts.options.demo,
		revision: parts.latest.revision,
		alarmSeq: parts.recorder.lastSeq,
		doors: [...parts.counters.doors].map(([door, counts]) => ({
			door,
			...counts,
			rejected: Object.fromEntries(counts.rejected),
		})),
		store: {
			open: store.open,
			full: store.synchronous === 2,
			fault: store.fault,
			since: store.since,
			readings: store.journalReadings,
			bytes: store.fileBytes,
		},
		accepted: parts.pipeline.accepted,
		quarantined: parts.quarantine.size,
		unrecorded: parts.recorder.unrecorded,
		users: parts.accounts.count,
	};
}
