// Reaching a person, put together for core: who is at a desk, which step is due, the outside channels and what became of each
// message. Started by core.ts beside the heart; ends with it.
import { type Allowed, parseAllowed } from "#model/allowed.ts";
import type { Person } from "#model/contact.ts";
import { ROTA_SETTING } from "#model/duty.ts";
import { ALLOW_ID, type AllowBody, type Delivery, type Outlet, type Words } from "#model/outlet.ts";
import { isProblem } from "#model/problem.ts";
import { Deliveries } from "../live/deliveries.ts";
import { Desks } from "../live/desks.ts";
import type { Heart } from "../live/heart.ts";
import { Reach } from "../live/reach.ts";
import { type ReachDoor, reachDoor } from "../live/reach_door.ts";
import { Notes } from "../live/reach_notes.ts";
import { rosters } from "../live/reach_roster.ts";
import { SelfTest } from "../live/self_test.ts";
import { Heartbeats } from "./heartbeat.ts";
import { Outbox } from "./outbox.ts";
import { send } from "./outlets.ts";
import { type Network, realNetwork } from "./target.ts";
import { testWords } from "./test_words.ts";

export interface ReachOptions {
	readonly heart: Heart;
	/** Settings of the data folder as they stood at the start. */
	readonly settings: ReadonlyMap<string, string>;
	placeName(district: string): string;
	readonly network?: Network;
	/** City codes that the self-test of the chain speaks for; without, it does not run. */
	readonly selfTestOf?: readonly string[];
}

export interface OpenReach {
	readonly door: ReachDoor;
	readonly reach: Reach;
	readonly desks: Desks;
	readonly outbox: Outbox;
	readonly notes: Notes;
	readonly selfTest: SelfTest | null;
	/** Resolves when what stood open at the start goes on where it was. */
	readonly loaded: Promise<void>;
	stop(): Promise<void>;
}

export function openReach(options: ReachOptions): OpenReach {
	const { heart, placeName, settings } = options;
	const { acts, alarms, clock, hearers, register, store } = heart;
	const notes = new Notes(acts);
	const desks = new Desks();
	// The self-test is made below, by what the way out is needed for.
	const chain: { test: SelfTest | null } = { test: null };
	const isWhole = (): boolean => chain.test?.isWhole(clock.now()) ?? false;
	const { deliveries, heartbeats, outbox } = wayOut(options, notes, isWhole);
	const roster = rosters(register, settings.get(ROTA_SETTING) ?? null);
	const numbersOf = (name: string): readonly string[] =>
		register.all<Person>("person").find(({ body }) => body.name === name)?.body.phones ?? [];
	const lines = (subject: string) => store.lines(subject, 0, 1_000);
	const reach = new Reach({
		alarms,
		clock,
		desks,
		lines,
		notes,
		numbersOf,
		outbound: outbox,
		placeName,
		register,
		roster,
	});
	const hear = reach.hear.bind(reach);
	hearers.add(hear);
	const selfTest = selfTestOf(options, reach, desks);
	chain.test = selfTest;
	const stopTests = sendTests(heart, outbox);
	const stopTick = clock.every(1_000, () => {
		reach.tick(clock.now());
		selfTest?.tick(clock.now());
		heartbeats.tick(clock.now());
		notes.flush();
	});
	const failedTries = (outlet: string): number => deliveries.failedTries(outlet);
	const beatOf = (outlet: string) => ({ at: heartbeats.takenAt(outlet), isStopped: !isWhole() });
	return {
		door: reachDoor({ alarms, beatOf, clock, desks, failedTries, outbox, reach, register, roster, selfTest }),
		reach,
		desks,
		outbox,
		notes,
		selfTest,
		loaded: reach.load(),
		async stop() {
			stopTick();
			stopTests();
			hearers.delete(hear);
			outbox.close();
			await notes.settled();
		},
	};
}

/** The outside channels, each try written down. */
function wayOut({ heart, network = realNetwork }: ReachOptions, notes: Notes, isWhole: () => boolean) {
	const { alarms, clock, register } = heart;
	const deliveries = new Deliveries({ alarms, clock, notes, register });
	const now = (): number => clock.now();
	const sendOne = (outlet: Outlet, words: Words) =>
		send(outlet, words, { allowed: allowedOf(heart), network, now, isWhole });
	const tried = (delivery: Delivery): void => deliveries.tried(delivery);
	const outbox = new Outbox({
		clock,
		outlet: (id) => register.find<Outlet>("outlet", id)?.body ?? null,
		send: sendOne,
		tried,
	});
	const outlets = () => register.all<Outlet>("outlet");
	const heartbeats = new Heartbeats({ outlets, isWhole, send: sendOne, tried, now });
	return { deliveries, heartbeats, outbox };
}

function selfTestOf(options: ReachOptions, reach: Reach, desks: Desks): SelfTest | null {
	const { alarms, clock, followers, recorder, store } = options.heart;
	const { selfTestOf: districts } = options;
	if (districts === undefined) return null;
	const announce = (title: string, words: string): void => reach.announce(title, words);
	return new SelfTest({ alarms, announce, clock, desks, districts, followers, recorder, store });
}

/** A test that an administrator asked for goes out once its act is stored. @returns how to stop. */
function sendTests({ clock, register }: Heart, outbox: Outbox): () => void {
	return register.listen((_, told) => {
		for (const { kind, subject, detail } of told) {
			if (kind !== "reach.test") continue;
			const words = testWords(String(detail.by), clock.now());
			outbox.offer({ id: String(detail.message), outlet: subject.slice("outlet:".length), words, isTest: true });
		}
	});
}

/** Only what an administrator listed; nothing when there is no list. */
function allowedOf({ register }: Heart): Allowed[] {
	const entries = register.find<AllowBody>("allow", ALLOW_ID)?.body.entries ?? [];
	return entries.map(parseAllowed).filter((entry): entry is Allowed => !isProblem(entry));
}
