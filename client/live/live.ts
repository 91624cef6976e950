// The live half of the page, put together once for its life: socket, table, alarm book, clock, commands, sound, painter.
// main.tsx makes it; map/ and ui/ read it. Everything here works without a map, without React and in a hidden tab.
import { io } from "socket.io-client";
import type { Alarm } from "#model/alarm.ts";
import type { Problem } from "#model/problem.ts";
import { isProblem } from "#model/problem.ts";
import type { Hello, Notice } from "#model/protocol.ts";
import { type Role, refuse, WHOLE_PROVINCE } from "#model/rights.ts";
import { type Acts, openActs } from "./acts.ts";
import { AlarmBook, LIST_EVERY_MS } from "./alarms.ts";
import { ask } from "./ask.ts";
import type { FromBeatWatch } from "./beat.ts";
import { LOOK_EVERY_MS } from "./beat.ts";
import { Catalogue } from "./catalogue.ts";
import { PageCauses } from "./causes.ts";
import { Change } from "./change.ts";
import { ServerClock } from "./clock.ts";
import { Commands } from "./commands.ts";
import { DeskPresence } from "./desk_presence.ts";
import { BrowserDesktop } from "./desktop.ts";
import { FloodMeter } from "./flood.ts";
import { PageLatest } from "./latest.ts";
import { LinkWatch } from "./link.ts";
import { newId } from "./new_id.ts";
import { Notify } from "./notify.ts";
import { OwnStates } from "./own_states.ts";
import { Painter } from "./paint.ts";
import { ReachWatch } from "./reach_watch.ts";
import { Receipts } from "./receipts.ts";
import { RegisterBook } from "./register.ts";
import { Sound } from "./sound.ts";
import { MachineVoice, WebSpeaker } from "./speaker.ts";
import { tabMemory } from "./tab_memory.ts";
import { ViewFollower } from "./view_follower.ts";
import { WakeWatch } from "./wake.ts";
import { type Carrier, Wire } from "./wire.ts";

/** The server learns what stands on the screen this often. */
const PAINTED_EVERY_MS = 5_000;
/** A new build is taken up within this, spread over all screens; never while a red waits for a person. */
const RELOAD_WITHIN_MS = 60_000;
const CATALOGUE_RETRY_MS = 3_000;

/** Pages where somebody takes alarms. */
const DESK_PAGES = /^\/(duty|phone)(\/|$)/;

const elapsed = (): number => performance.now();
const later = (ms: number, act: () => void): void => {
	setTimeout(act, ms);
};

export class Live {
	readonly latest = new PageLatest();
	readonly alarms = new AlarmBook({ elapsed, later, everyMs: LIST_EVERY_MS });
	readonly flood = new FloodMeter();
	readonly catalogue = new Catalogue();
	readonly causes = new PageCauses(this.alarms, this.catalogue);
	readonly clock = new ServerClock();
	readonly link = new LinkWatch();
	readonly register = new RegisterBook({ ask: (path) => ask(path), later });
	readonly painter = new Painter(this.latest, this.catalogue);
	private readonly own = new OwnStates({
		ask: (path) => ask(path),
		elapsed,
		show: (states) => this.painter.show(states),
	});
	readonly wire: Wire;
	readonly commands: Commands;
	readonly acts: Acts;
	readonly receipts: Receipts;
	readonly sound: Sound;
	/** The machine's own voice, an extra to the recordings. */
	readonly voice = new MachineVoice();
	readonly notify = new Notify(this.alarms, new BrowserDesktop(), elapsed);
	/** The screen is kept from going dark. */
	readonly wake = new WakeWatch({
		request: "wakeLock" in navigator ? () => navigator.wakeLock.request("screen") : null,
		isWanted: () => document.visibilityState === "visible" && DESK_PAGES.test(location.pathname),
	});
	readonly reach: ReachWatch;
	private readonly presence: DeskPresence;
	/** What is wanted with values: told by the map (view) and by the panels (selection). */
	readonly follower: ViewFollower;
	/** Once a second, in the worker's time: clocks and ages. */
	readonly second = new Change();
	/** Something that the server thinned or refused, newest last; shown to the person. */
	readonly thinned: Extract<Notice, { type: "thinned" }>[] = [];
	thinnedCount = 0;
	/** Why the catalogue is not here, or null. */
	catalogueProblem: Problem | null = null;
	private readonly watch: Worker;
	private build: string | null = null;
	private person: string | null = null;
	private looks = 0;
	private isAsking = false;

	constructor() {
		this.wire = new Wire(connectSocket(), {
			latest: this.latest,
			alarms: this.alarms,
			clock: this.clock,
			elapsed,
			local: () => Date.now(),
			chance: () => Math.random(),
			later,
			onHello: (hello) => this.greet(hello),
			onRows: () => this.rows(),
			onBeat: () => this.beat(),
			onNotice: (notice) => this.notice(notice),
		});
		this.follower = new ViewFollower(this.catalogue, (view) => this.wire.look(view));
		const wait = (ms: number): Promise<void> => new Promise((done) => later(ms, () => done()));
		this.commands = new Commands(this.wire, wait, newId, { elapsed, later, everyMs: LIST_EVERY_MS });
		this.acts = openActs(wait, newId);
		this.receipts = new Receipts(this.wire);
		this.sound = this.openSound();
		this.presence = new DeskPresence({
			sound: this.sound,
			isDesk: () => DESK_PAGES.test(location.pathname),
			isVisible: () => document.visibilityState === "visible",
			now: () => this.now(),
			session: () => (this.wire.isConnected ? this.wire.hello : null),
			tell: (word) => this.wire.desk(word),
		});
		this.reach = new ReachWatch({
			ask: () => ask("/api/reach"),
			elapsed,
			user: () => this.wire.hello?.user ?? null,
			called: () => this.sound.call(),
		});
		this.alarms.onNews((news) => {
			this.commands.hear(news);
			this.flood.hear(news);
			this.own.want();
		});
		this.alarms.replaced.subscribe(() => this.flood.restart(this.alarms.open));
		this.alarms.heard.subscribe(() => this.commands.settle((id) => this.alarms.find(id)));
		// A dedicated worker, because timers of a hidden tab are slowed to one a minute.
		this.watch = new Worker(new URL("./beat.worker.ts", import.meta.url), { type: "module" });
		this.watch.onmessage = (event: MessageEvent<FromBeatWatch>) => this.look(event.data);
		document.addEventListener("visibilitychange", () => this.seen());
	}

	/** Server time, epoch ms; 0 before the first word of the server. */
	now(): number {
		return this.clock.at(elapsed());
	}

	/** Fetches what changed since the revision held; everything when the epoch is another. */
	async askCatalogue(): Promise<void> {
		if (this.isAsking) return;
		this.isAsking = true;
		const isSame = this.catalogue.epoch === this.latest.table.epoch && this.catalogue.isLoaded;
		const body = await ask(
			isSame ? `/api/catalogue?since=${this.catalogue.epoch}.${this.catalogue.revision}` : "/api/catalogue",
		);
		this.isAsking = false;
		this.catalogueProblem = isProblem(body) ? body : this.catalogue.take(body);
		if (this.catalogueProblem === null) {
			this.painter.request();
			return;
		}
		this.catalogue.change.bump();
		later(CATALOGUE_RETRY_MS, () => void this.askCatalogue());
	}

	private greet(hello: Hello): void {
		this.watch.postMessage({ type: "beat" });
		if (this.build !== null && this.build !== hello.build) this.reloadLater();
		this.build ??= hello.build;
		if (this.catalogue.epoch !== hello.epoch || this.catalogue.revision !== hello.catalogueRevision) {
			void this.askCatalogue();
		}
		// Who signed in anew has another scope; who only lost the line has not.
		const person = JSON.stringify([hello.user, hello.roles]);
		if (this.person !== null && this.person !== person) this.register.forget();
		this.person = person;
		const who = { user: hello.user, roles: hello.roles as readonly Role[], scope: WHOLE_PROVINCE };
		const mayRead = refuse(who, "read", null) === null;
		this.register.greeted(hello.epoch, mayRead);
		this.own.greeted(mayRead);
	}

	private rows(): void {
		if (this.catalogue.isLoaded && this.latest.table.revision > 0 && this.catalogue.epoch !== this.latest.table.epoch) {
			void this.askCatalogue();
		}
		this.painter.request();
	}

	private beat(): void {
		this.watch.postMessage({ type: "beat" });
	}

	private notice(notice: Notice): void {
		if (notice.type === "catalogue" && notice.revision !== this.catalogue.revision) void this.askCatalogue();
		if (notice.type === "register") this.register.told(notice.revision, notice.logs);
		if (notice.type === "self-test") this.wire.selfTested(notice.n);
		if (notice.type === "link") this.link.core(notice.core);
		if (notice.type === "thinned") {
			this.thinned.push(notice);
			this.thinnedCount += 1;
			if (this.thinned.length > 20) this.thinned.shift();
			this.second.bump();
		}
	}

	private look(from: FromBeatWatch): void {
		this.link.look(from);
		this.looks += 1;
		if (this.looks % (1_000 / LOOK_EVERY_MS) === 0) {
			this.sound.tick();
			this.presence.look();
			this.wake.look();
			this.notify.tick();
			this.reach.tick();
			this.own.tick();
			this.second.bump();
		}
		if (this.looks % (PAINTED_EVERY_MS / LOOK_EVERY_MS) === 0) {
			this.wire.painted(this.painter.paintedRevision, this.painter.takeLongest());
		}
	}

	private openSound(): Sound {
		const speaker = new WebSpeaker();
		const sounding = (seq: number): void => this.receipts.tell(seq, "sounding");
		const speak = (alarm: Alarm): void => this.voice.speak(alarm);
		const memory = tabMemory(sessionStorage, () => Date.now());
		const sound = new Sound({ speaker, alarms: this.alarms, elapsed, sounding, speak, memory });
		// The browser stopped or let go of the sound by itself: shown and told now, not at the next look.
		speaker.change.subscribe(() => sound.look());
		sound.change.subscribe(() => this.presence.look());
		if (DESK_PAGES.test(location.pathname)) sound.goOn().catch(reportError);
		return sound;
	}

	/** Seen again after it was hidden: the table is right, the picture is not. */
	private seen(): void {
		this.presence.look();
		if (document.visibilityState === "visible") this.painter.repaintAll();
	}

	private reloadLater(): void {
		later(Math.random() * RELOAD_WITHIN_MS, () => {
			const red = this.alarms.counts[4];
			if (red !== undefined && red.unacknowledged > 0) this.reloadLater();
			else location.reload();
		});
	}
}

function connectSocket(): Carrier {
	return io({
		path: "/socket.io",
		transports: ["websocket"],
		reconnectionDelay: 1_000,
		reconnectionDelayMax: 10_000,
		// 0.5 to 1.5 of the delay: five hundred screens do not come back in one second.
		randomizationFactor: 0.5,
	}) as unknown as Carrier;
}
