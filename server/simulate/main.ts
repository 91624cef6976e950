// `npm run simulate`: the demo province as a separate program. It dials in over HTTP, MQTT and HJ 212 with its own device keys and
// knows nothing of the server but its public protocols. Ends on SIGTERM, SIGINT, --seconds, and when its supervisor goes.
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { DEMO_ASSETS, demoCatalogue } from "#geodata/liaoning/demo/catalogue.ts";
import { Chance, hashText } from "#geodata/liaoning/demo/chance.ts";
import { isProblem } from "#model/problem.ts";
import { type Options, readArgs, USAGE } from "./args.ts";
import { openControl } from "./control/server.ts";
import { openCrew } from "./crew.ts";
import { type DevicesFile, readDevices } from "./devices_file.ts";
import { Ending } from "./ending.ts";
import { Fleet } from "./fleet.ts";
import { importAssets } from "./import_assets.ts";
import { Ledger } from "./ledger.ts";
import { trustOwnAuthority } from "./own_authority.ts";
import type { Witness } from "./parcel.ts";
import { FirstRun } from "./scenarios/first_run.ts";
import { Programme } from "./scenarios/programme.ts";
import { Stage } from "./scenarios/stage.ts";
import { Complaints, statusLine } from "./status.ts";
import { seasonOf, seasonShiftMs } from "./world/moment.ts";
import { World } from "./world/world.ts";

const STATUS_MS = 10_000;
/** For answers that are under way when it ends. */
const GRACE_MS = 4_000;
/** How often the programme and the steps of a scenario are looked at. */
const STAGE_MS = 500;

const say = (line: string): void => console.log(line);

function fail(lines: readonly string[]): never {
	for (const line of lines) console.error(line);
	process.exit(1);
}

function devicesPath(options: Options): string {
	return options.devices ?? join(process.env.LIAOWANG_DATA ?? "data", "demo-devices.json");
}

async function devicesOf(options: Options): Promise<DevicesFile | null> {
	const path = devicesPath(options);
	const file = await readDevices(path);
	if (isProblem(file)) fail([`--devices: ${file.where}: ${file.detail ?? file.problem}`]);
	if (file === null && (options.devices !== null || options.key === null)) {
		fail([
			`--devices: there is no ${path}. The server writes it when it fills an empty folder with the demo; or give --key.`,
		]);
	}
	return file;
}

async function main(): Promise<void> {
	const options = readArgs(process.argv.slice(2));
	if (options === "help") {
		say(USAGE);
		return;
	}
	if ("length" in options) fail([...options, "", USAGE]);
	trustOwnAuthority(process.env.LIAOWANG_TLS_CERT ?? "");
	const end = new Ending();
	const file = await devicesOf(options);
	const catalogue = demoCatalogue({ assets: options.assets, seed: options.seed });
	const ledger = openLedger(options.ledger);
	const startAt = Date.now();
	const world = new World(catalogue.assets, options.seed, seasonShiftMs(startAt, options.season));
	const complaints = new Complaints((line) => console.error(line));
	const chance = new Chance(hashText("pauses", options.seed ^ process.pid));
	const run = randomBytes(4).toString("hex");
	const beyond = catalogue.assets.slice(DEMO_ASSETS);
	if (beyond.length > 0) await Promise.race([importAssets(options.url, beyond, say), end.reason]);
	const crew = openCrew(new Map(world.assets.map(({ record }) => [record.id, record])), {
		options,
		file,
		witness: ledger ?? NOBODY,
		complain: (source, what) => complaints.say(source, what, Date.now()),
		chance: () => chance.next(),
		run,
	});
	const { rate, speed, seed } = options;
	const stage = stageOver(world, options, startAt);
	const fleet = new Fleet({ world: stage, senderOf: crew.senderOf, seed, run, rate, speed, now: Date.now });
	const isPlayed = file !== null && options.scenarios;
	const closeStage = await direct(stage, world, options, { startAt, isPlayed });
	say(`simulate: ${crew.senderOf.size} assets, ${crew.senders.length} devices -> ${options.url}`);
	fleet.start();
	if (options.seconds !== null) end.after(options.seconds * 1000);
	const status = setInterval(() => say(statusLine(crew, Date.now())), STATUS_MS);
	const why = await end.reason;
	clearInterval(status);
	closeStage();
	fleet.stop();
	await Promise.all(crew.senders.map((sender) => sender.stop(GRACE_MS)));
	ledger?.close();
	say(`${statusLine(crew, Date.now())} ended: ${why}`);
}

function stageOver(world: World, { seed, speed }: Options, startAt: number): Stage {
	const worldAt = (now: number): number => startAt + (now - startAt) * speed;
	return new Stage({ world, seed, worldAt, speed, worldSpeed: speed });
}

/** Runs the programme and, when asked, the director's line. @returns how both end. */
async function direct(
	stage: Stage,
	world: World,
	options: Options,
	{ startAt, isPlayed }: { readonly startAt: number; readonly isPlayed: boolean },
): Promise<() => void> {
	const firstRun = new FirstRun(isPlayed ? devicesPath(options) : null);
	const programme = new Programme(stage, {
		startAt,
		isFirstRun: options.firstRun || firstRun.isNow,
		isPlayed,
		seed: options.seed,
	});
	const season = (now: number) => seasonOf(world.moment(now).monthDay);
	const director = { stage, programme, startedAt: startAt, season, now: Date.now };
	const server = options.control === null ? null : await openControl(options.control, director);
	const timer = setInterval(() => {
		const now = Date.now();
		stage.tick(now);
		const begun = programme.tick(now);
		if (begun === null) return;
		say(`simulate: scenario ${begun} at ${stage.running?.play.lead.record.name ?? ""}`);
		const trouble = firstRun.played(begun, now);
		if (trouble !== null) console.error(`simulate: ${trouble}`);
	}, STAGE_MS);
	return () => {
		clearInterval(timer);
		server?.closeAllConnections();
		server?.close();
	};
}

const NOBODY: Witness = { sent: () => undefined, acknowledged: () => undefined };

function openLedger(path: string | null): Ledger | null {
	if (path === null) return null;
	try {
		return new Ledger(path);
	} catch (error) {
		return fail([`--ledger: ${error instanceof Error ? error.message : String(error)}`]);
	}
}

try {
	await main();
	process.exit(0);
} catch (error) {
	fail([error instanceof Error ? error.message : String(error)]);
}
