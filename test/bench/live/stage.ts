// The live server as it really runs, for the rows that need it: core and web in their own processes over a folder with the
// whole catalogue, gateways that feed it, screens that follow it. The folder is made once per bench and copied per row.
import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CHILD_ENVIRONMENT, NODE_FLAGS } from "../../../server/supervisor.ts";
import type { FeedFigures } from "./feed_process.ts";
import type { Plan } from "./plan.ts";
import { PLAN_FILE } from "./plan.ts";
import { Child, pause } from "./processes.ts";
import type { ScreenFigures, ScreenView } from "./screens_process.ts";

/** Screens in one process: with more of them its own event loop is what is measured. */
const SCREENS_PER_PROCESS = 250;
const READY_MS = 120_000;

export interface Seeded {
	readonly folder: string;
	readonly assets: number;
	readonly channels: number;
	readonly rows: number;
}

const seeded = new Map<number, Promise<Seeded>>();
const folders = new Set<string>();

/** Removed at the end of the bench if nobody does before. */
async function newFolder(): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), "liaowang-bench-"));
	folders.add(folder);
	return folder;
}

/** A copy of the folder with the whole catalogue, to be worn out. */
export async function freshFolder(assets: number): Promise<string> {
	const seed = await seededFolder(assets);
	const folder = await newFolder();
	await cp(seed.folder, folder, { recursive: true, filter: (path) => !path.endsWith(".sock") });
	return folder;
}

/** The folder that live rows copy; made at the first question. */
export function seededFolder(assets: number): Promise<Seeded> {
	let made = seeded.get(assets);
	if (made === undefined) {
		made = seed(assets);
		seeded.set(assets, made);
	}
	return made;
}

async function seed(assets: number): Promise<Seeded> {
	const folder = await newFolder();
	const child = new Child("test/bench/live/seed_process.ts", { place: "measured", args: [folder, String(assets)] });
	const facts = await child.next<Omit<Seeded, "folder">>();
	await child.end();
	return { folder, ...facts };
}

export async function removeFolders(): Promise<void> {
	for (const folder of folders) await rm(folder, { recursive: true, force: true });
	folders.clear();
	seeded.clear();
}

export interface Delivered {
	readonly seconds: number;
	readonly coreNs: number;
	readonly webNs: number;
	readonly feed: FeedFigures;
	readonly screens: ScreenFigures;
	/** Revision that web stood at when the span ended. */
	readonly revision: number;
}

export class Stage {
	readonly folder: string;
	readonly channels: number;
	readonly core: Child;
	readonly web: Child;
	readonly url: string;
	readonly plan: Plan;
	/** From the start of core to a page's data being served by web. */
	readonly startedMs: number;
	private readonly feed: Child;
	private readonly viewers: Child[] = [];
	private screens = 0;

	private constructor(parts: Pick<Stage, "folder" | "channels" | "core" | "web" | "url" | "plan" | "startedMs">) {
		this.folder = parts.folder;
		this.channels = parts.channels;
		this.core = parts.core;
		this.web = parts.web;
		this.url = parts.url;
		this.plan = parts.plan;
		this.startedMs = parts.startedMs;
		this.feed = new Child("test/bench/live/feed_process.ts", { place: "measuring", args: [parts.folder] });
	}

	static async open(assets: number, nodeArgs: readonly string[] = NODE_FLAGS): Promise<Stage> {
		const { channels } = await seededFolder(assets);
		return Stage.over(await freshFolder(assets), channels, nodeArgs);
	}

	/** Over a folder that is removed at the end. */
	static async over(folder: string, channels: number, nodeArgs: readonly string[] = NODE_FLAGS): Promise<Stage> {
		const env = {
			PORT: "0",
			LIAOWANG_DATA: folder,
			LIAOWANG_MQTT_PORT: "off",
			LIAOWANG_HJ212_PORT: "off",
			LIAOWANG_INGEST_KEY: "bench-master-key",
			...CHILD_ENVIRONMENT,
		};
		const startedAt = performance.now();
		const core = new Child("server/core_process.ts", { place: "measured", env, nodeArgs });
		const web = new Child("server/web_process.ts", { place: "measured", env, nodeArgs });
		const [coreFacts, webFacts] = await Promise.all([
			core.next<{ failed?: string }>(),
			web.next<{ failed?: string; port: number }>(),
		]);
		const failed = coreFacts.failed ?? webFacts.failed;
		if (failed !== undefined) throw new Error(failed);
		const url = `http://127.0.0.1:${webFacts.port}`;
		await ready(url);
		const startedMs = performance.now() - startedAt;
		const plan = JSON.parse(await readFile(join(folder, PLAN_FILE), "utf8")) as Plan;
		return new Stage({ folder, channels, core, web, url, plan, startedMs });
	}

	/** As many screens as said, in all, each on one of the views in turn. */
	async show(count: number, views: readonly ScreenView[]): Promise<void> {
		let left = count - this.screens;
		for (let index = Math.floor(this.screens / SCREENS_PER_PROCESS); left > 0; index++) {
			const viewer = this.viewer(index);
			const room =
				SCREENS_PER_PROCESS -
				(index === Math.floor(this.screens / SCREENS_PER_PROCESS) ? this.screens % SCREENS_PER_PROCESS : 0);
			const more = Math.min(left, room);
			const joined = await viewer.ask<ScreenFigures>({ type: "join", url: this.url, count: more, views });
			if (joined.problems.length > 0) throw new Error(`screens were refused: ${joined.problems.join(", ")}`);
			left -= more;
		}
		this.screens = count;
	}

	private viewer(index: number): Child {
		const known = this.viewers[index];
		if (known !== undefined) return known;
		const made = new Child("test/bench/live/screens_process.ts", { place: "measuring" });
		this.viewers.push(made);
		return made;
	}

	async leave(): Promise<void> {
		for (const viewer of this.viewers) await viewer.ask({ type: "leave" });
		this.screens = 0;
	}

	/** Readings a second from now on; 0 stops them. */
	async drive(rate: number, scattered = false): Promise<void> {
		await this.feed.ask(rate === 0 ? { type: "stop" } : { type: "start", rate, scattered });
	}

	/** What happened in the next seconds. */
	async watch(seconds: number): Promise<Delivered> {
		await this.feed.ask({ type: "mark" });
		await this.marks();
		const startedAt = performance.now();
		const core = this.core.cpuNs();
		const web = this.web.cpuNs();
		await pause(seconds * 1000);
		const coreNs = this.core.cpuNs() - core;
		const webNs = this.web.cpuNs() - web;
		const spent = (performance.now() - startedAt) / 1000;
		const feed = await this.feed.ask<FeedFigures>({ type: "mark" });
		const screens = await this.marks();
		return { seconds: spent, coreNs, webNs, feed, screens, revision: screens.slowest };
	}

	private async marks(): Promise<ScreenFigures> {
		const all = await Promise.all(this.viewers.map((viewer) => viewer.ask<ScreenFigures>({ type: "mark" })));
		const sum = (pick: (figures: ScreenFigures) => number): number =>
			all.reduce((total, figures) => total + pick(figures), 0);
		return {
			screens: sum(({ screens }) => screens),
			deltas: sum(({ deltas }) => deltas),
			rows: sum(({ rows }) => rows),
			payloadBytes: sum(({ payloadBytes }) => payloadBytes),
			socketBytes: sum(({ socketBytes }) => socketBytes),
			estimated: sum(({ estimated }) => estimated),
			closed: sum(({ closed }) => closed),
			problems: all.flatMap(({ problems }) => problems),
			slowest: Math.min(...all.map(({ slowest }) => slowest)),
		};
	}

	/** In order; the folder stays. */
	async stopServer(): Promise<void> {
		for (const child of [this.feed, ...this.viewers]) await child.kill();
		await this.web.end();
		await this.core.end();
	}

	/** As a power cut does, but for the disk's cache; the folder stays. */
	async killServer(): Promise<void> {
		for (const child of [this.core, this.web, this.feed, ...this.viewers]) await child.kill();
	}

	async close(): Promise<void> {
		await this.stopServer();
		await rm(this.folder, { recursive: true, force: true });
	}
}

async function ready(url: string): Promise<void> {
	const end = performance.now() + READY_MS;
	for (;;) {
		const answer = await fetch(`${url}/readyz`).catch(() => null);
		await answer?.arrayBuffer();
		if (answer?.status === 200) return;
		if (performance.now() > end) throw new Error(`/readyz was not 200 within ${READY_MS / 1000} s`);
		await pause(20);
	}
}
