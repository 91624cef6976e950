// The core process put together: the store, the heart, every door, and the bus that web follows. Owns the only writable store
// connection. Started by core_process.ts, and by tests and the feed in their own process with their own clock.
import { randomBytes } from "node:crypto";
import { DEMO_ROTA } from "#geodata/liaoning/demo/rota.ts";
import { CITIES, districtOf } from "#geodata/liaoning/district_table.ts";
import type { AuditHead } from "#model/audit.ts";
import type { DoorName, System } from "#model/catalogue.ts";
import { hashPassword, verifyPassword } from "./auth/password.ts";
import type { CoreHost } from "./bus/bus.ts";
import { serveIpc } from "./bus/ipc.ts";
import type { Clock } from "./clock.ts";
import { type Config, corePaths } from "./config.ts";
import { DEMO_ASSETS, renewKeys, seedContacts, seedDemo } from "./demo.ts";
import type { Door, DoorContext } from "./ingest/door.ts";
import { openHj212Door } from "./ingest/hj212.ts";
import { openHttpDoor } from "./ingest/http.ts";
import { openMqttDoor } from "./ingest/mqtt.ts";
import { CauseWatch } from "./live/causes.ts";
import { doorContext } from "./live/door_context.ts";
import { bringRota } from "./live/first_rota.ts";
import { beat, type Heart } from "./live/heart.ts";
import { coreHost } from "./live/host.ts";
import { Screens } from "./live/screens.ts";
import { type Log, OncePerMinute } from "./log.ts";
import { openReach } from "./reach/open.ts";
import { writeWitness } from "./store/audit_witness.ts";
import { openStore } from "./store/sqlite.ts";

/** How often the end of the audit chain is told outside the database. */
const WITNESS_MS = 60_000;

export interface CoreOptions {
	readonly config: Config;
	readonly clock: Clock;
	readonly systems: readonly System[];
	readonly log: Log;
	/** Assets that an empty demo folder is filled with; 0: an empty catalogue marked demo. */
	readonly demoAssets?: number;
	/** False: no Unix socket for web (the caller uses `host` in its own process). */
	readonly bus?: boolean;
	/** True: alarms that nobody takes are carried further, and grave groups open incidents. Not for the feed of a past year, which has nobody to call. */
	readonly reach?: boolean;
}

export interface Core {
	readonly heart: Heart;
	readonly host: CoreHost;
	readonly folder: string;
	readonly demo: boolean;
	/** Shown in the terminal of a real folder without users; makes the first administrator. */
	readonly setUpCode: string | null;
	readonly doors: ReadonlyMap<DoorName, Door>;
	stop(): Promise<void>;
}

/** Rejects with a sentence for people when the folder, the store or a port cannot be had. */
export async function startCore(options: CoreOptions): Promise<Core> {
	const { config, clock, log } = options;
	const store = openStore({ folder: config.dataFolder, clock, log, auditHash: config.auditHash });
	const loaded = await store.load();
	const isFresh =
		loaded.settings.get("folder") === undefined && loaded.assets.length === 0 && loaded.users.length === 0;
	const demo = folderKind(config.demo, loaded.settings.get("folder"), isFresh);
	const code = randomBytes(5).toString("hex").toUpperCase();
	const heart = await beat(
		{
			store,
			clock,
			systems: options.systems,
			masterKey: config.ingestKey,
			passwords: { hash: hashPassword, verify: verifyPassword },
			setUpCode: code,
			demo,
			warn: (message) => log.warn(message),
		},
		loaded,
	);
	if (isFresh && demo) await seedDemo(heart, config.dataFolder, options.demoAssets ?? DEMO_ASSETS);
	else if (demo) await renewKeys(heart, config.dataFolder);
	if (demo) await seedContacts(heart);
	// A folder of no assets is somebody's own beginning.
	await bringRota(heart, loaded.settings, demo && heart.catalogue.assets.size > 0 ? DEMO_ROTA : null);
	if (isFresh && !demo) await heart.recorder.edit([{ type: "setting.put", name: "folder", value: "real" }], []);
	const doors = await openDoors(config, heart, log);
	const reach =
		options.reach === true
			? openReach({ heart, settings: loaded.settings, placeName, selfTestOf: CITIES.map(({ code }) => code) })
			: null;
	const causes =
		options.reach === true ? new CauseWatch({ ...heart, placeName, warn: (text) => log.warn(text) }) : null;
	// GB/T 22239-2019 8.1.4.1 b); an armed desk that waits for alarms is the exception.
	if (reach !== null) {
		heart.accounts.isAttended = (user, now) =>
			reach.desks.present(now).some((desk) => desk.user === user && desk.armed);
	}
	const host = coreHost(heart, new Screens(heart.alarms), reach?.door ?? null);
	const bus =
		options.bus === false
			? null
			: await serveIpc(corePaths(config.dataFolder).bus, host, (where, error) => log.error({ err: error }, where));
	heart.watchdog.opened(clock.now());
	const witness = (): void => witnessAudit(config.dataFolder, store.state().audit, clock.now(), log);
	const stopWitness = clock.every(WITNESS_MS, witness);
	const stop = async (): Promise<void> => {
		stopWitness();
		witness();
		for (const door of doors.values()) await door.close();
		await bus?.close();
		await reach?.stop();
		await causes?.stop();
		await heart.stop();
	};
	return {
		heart,
		host,
		folder: config.dataFolder,
		demo,
		setUpCode: !demo && heart.accounts.count === 0 ? code : null,
		doors,
		stop,
	};
}

/** The end of the audit chain, outside the database and in the log: what was recorded cannot be cut off unseen. */
function witnessAudit(folder: string, head: AuditHead | null, now: number, log: Log): void {
	if (head === null || head.n === 0) return;
	try {
		if (writeWitness(folder, { ...head, at: now })) log.info({ n: head.n, hash: head.hash }, "audit head");
	} catch (error) {
		log.error({ err: error }, "the witness of the audit log could not be written");
	}
}

function placeName(code: string): string {
	return districtOf(code)?.name.zh ?? code;
}

function folderKind(wish: boolean | null, stands: string | undefined, isFresh: boolean): boolean {
	if (isFresh) return wish ?? true;
	const demo = stands === "demo";
	if (wish !== null && wish !== demo) {
		const is = demo ? "演示数据" : "正式数据";
		throw new Error(
			`数据目录已是${is}，不能改变：请另设 LIAOWANG_DATA · this folder is ${demo ? "a demo" : "real"} for life; set another LIAOWANG_DATA`,
		);
	}
	return demo;
}

async function openDoors(config: Config, heart: Heart, log: Log): Promise<Map<DoorName, Door>> {
	const once = new OncePerMinute();
	const context: DoorContext = doorContext(heart, log, (source) => once.may(source, heart.clock.now()));
	const doors = new Map<DoorName, Door>();
	const { host, mqtt, hj212Port } = config;
	const wanted: [DoorName, (() => Promise<Door>) | null][] = [
		["http", () => openHttpDoor({ path: corePaths(config.dataFolder).readings }, context)],
		["mqtt", mqtt === null ? null : () => openMqttDoor({ host, ...mqtt }, context)],
		["hj212", hj212Port === null ? null : () => openHj212Door({ host, port: hj212Port }, context)],
	];
	for (const [name, open] of wanted) {
		const counts = heart.counters.of(name);
		if (open === null) continue;
		counts.enabled = true;
		const door = await open();
		doors.set(name, door);
		counts.listening = true;
		counts.address = door.address;
	}
	return doors;
}
