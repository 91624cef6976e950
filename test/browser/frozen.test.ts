// T-41: whatever stands still between the sensor and the eye is told by the screen: a way that is cut without a word, a web or a core
// that hangs, a page that begins while nobody answers, and the page's own thread, stuck. Old values never stand there as if they were
// new, and the page is right again by itself. The stuck page is watched in the pictures that Chromium's compositor still draws.
// needs: chromium
import type { Browser, CDPSession, Page } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { type Api, addAssets, anAsset, person, setUp } from "../support/api.ts";
import { openBrowser, picture, type Visit, visit } from "../support/browser.ts";
import { CutWay } from "../support/cut.ts";
import { startServer, type TestServer } from "../support/server.ts";
import { amount, isNightly, patience } from "../support/tier.ts";
import { until } from "../support/until.ts";

const ROUNDS = amount("LIAOWANG_TEST_FROZEN", 1, 200);
const PAGES = isNightly ? 8 : 1;
/** A web and a core that hang are proved on every change by link.test.ts. */
const FAULTS = isNightly ? (["cut", "stuck", "begin", "web", "core"] as const) : (["stuck"] as const);
/** How long a page's own thread stands still. */
const STUCK_MS = isNightly ? 15_000 : 8_000;
/** To give up; the rule says six seconds after the last beat, and how long it took is told, not judged. */
const VEIL_MS = 30_000;

let server: TestServer;
let browser: Browser;
let officer: Api;

beforeAll(async () => {
	server = await startServer({ demo: false, tells: false });
	const root = await setUp(server);
	await addAssets(root, [anAsset("manhole", "m-0", 0)]);
	officer = await person(root, "officer", ["duty"]);
	browser = await openBrowser({ webgl: false });
}, 120_000);
afterAll(async () => {
	await browser?.close();
	await server?.stop();
});

type Fault = "cut" | "stuck" | "begin" | "web" | "core";

class Desk {
	readonly page: Page;
	readonly way: CutWay;
	private readonly session: CDPSession;

	private constructor({ page }: Visit, way: CutWay, session: CDPSession) {
		this.page = page;
		this.way = way;
		this.session = session;
	}

	static async open(): Promise<Desk> {
		const way = await CutWay.to(Number(new URL(server.url).port));
		onTestFinished(() => way.close());
		const there = await visit(browser, way.url, { cookie: officer.cookie, width: 1000, height: 700 });
		onTestFinished(() => there.context.close());
		return new Desk(there, way, await there.context.newCDPSession(there.page));
	}

	/** Live, nothing over it, and beats go on. */
	async isRight(): Promise<void> {
		await this.page
			.waitForSelector('[data-link="live"]', { timeout: 60_000 })
			.catch((error: Error) => this.tell(error));
		await this.page.waitForSelector(".veil", { state: "detached" });
		const heardAt = () => this.page.evaluate(() => window.__liaowang.clock.lastHeard);
		const before = await heardAt();
		await until("the next beat", async () => (await heardAt()) > before);
		expect(await this.page.locator(".dead-man").evaluate((veil) => getComputedStyle(veil).opacity)).toBe("0");
	}

	/** What the page itself knows of its link, when it does not come back. */
	private async tell(error: Error): Promise<never> {
		const known = await this.page.evaluate(() => {
			const { link, wire } = window.__liaowang;
			return { state: link.state, cause: link.cause, isConnected: wire.isConnected, refused: wire.refused };
		});
		throw new Error(`${error.message}\n${JSON.stringify(known)}\n${server.log.slice(-2_000)}`);
	}

	/** @returns ms from the last beat to the veil. */
	async veiled(): Promise<number> {
		await this.page.waitForSelector(".veil", { timeout: VEIL_MS });
		return this.page.evaluate(() => (window as unknown as { veiledAfter: number }).veiledAfter);
	}

	/** In the page: how old the last beat was when the veil came. Nothing is older without one. */
	async watch(): Promise<void> {
		await this.page.evaluate(() => {
			const told = window as unknown as { veiledAfter: number };
			const { clock } = window.__liaowang;
			const born = performance.now();
			told.veiledAfter = -1;
			let heardAt = born;
			let last = clock.lastHeard;
			setInterval(() => {
				if (clock.lastHeard !== last) heardAt = performance.now();
				last = clock.lastHeard;
			}, 50);
			new MutationObserver(() => {
				const isThere = document.querySelector(".veil") !== null;
				if (isThere && told.veiledAfter < 0) told.veiledAfter = performance.now() - heardAt;
				if (!isThere) told.veiledAfter = -1;
			}).observe(document.body, { childList: true, subtree: true });
		});
	}

	/** The thread stands still; the compositor's pictures are what a person sees meanwhile. @returns ms until another picture. */
	async stuck(): Promise<number> {
		const { session } = this;
		const seen: { readonly at: number; readonly data: string }[] = [];
		const look = ({ data, sessionId }: { data: string; sessionId: number }): void => {
			seen.push({ at: performance.now(), data });
			session.send("Page.screencastFrameAck", { sessionId }).catch(() => undefined);
		};
		session.on("Page.screencastFrame", look);
		await session.send("Page.startScreencast", { format: "jpeg", quality: 40 });
		await until("a first picture", () => seen.length > 0);
		const begun = performance.now();
		let isOver = false;
		const over = session
			.send("Runtime.evaluate", {
				expression: `{ const end = performance.now() + ${STUCK_MS}; while (performance.now() < end); }`,
			})
			.then(() => {
				isOver = true;
			});
		const before = seen.length;
		// Nothing else can change it now: another picture is the veil.
		const veil = await until("a picture of the stuck page with a veil", () => {
			if (isOver) throw new Error("the page ran on before anything was shown");
			return seen.slice(before).find(({ at }) => at - begun > 1_000);
		});
		await over;
		session.off("Page.screencastFrame", look);
		await session.send("Page.stopScreencast");
		return veil.at - begun;
	}
}

/** One fault for all desks at once, until each has told it. @returns ms of each. */
async function suffer(desks: readonly Desk[], fault: Fault): Promise<number[]> {
	const each = (act: (desk: Desk) => Promise<number>): Promise<number[]> => Promise.all(desks.map(act));
	if (fault === "stuck") return each((desk) => desk.stuck());
	if (fault === "cut") {
		for (const { way } of desks) way.cut("all");
		const told = await each((desk) => desk.veiled());
		for (const { way } of desks) way.heal();
		return told;
	}
	if (fault === "begin") return each(beginning);
	const pid = await server.part(fault);
	const begun = performance.now();
	process.kill(pid, "SIGSTOP");
	try {
		// A web without its core goes on beating: there the time begins with the fault.
		const sinceBegun = (): number => performance.now() - begun;
		return await each((desk) => desk.veiled().then((age) => (fault === "core" ? sinceBegun() : age)));
	} finally {
		process.kill(pid, "SIGCONT");
	}
}

/** The page is there and the server's live part is not: it says so instead of showing an empty province as a quiet one. */
async function beginning({ page, way }: Desk): Promise<number> {
	way.cut("sockets");
	await page.reload();
	await page.waitForSelector(".veil", { timeout: VEIL_MS });
	const age = await page.evaluate(() => performance.now());
	way.heal();
	return age;
}

test("T-41 a screen that stands still is veiled, whatever stood still, and is right again by itself", {
	timeout: patience(60_000),
}, async () => {
	const desks = await Promise.all(Array.from({ length: PAGES }, () => Desk.open()));
	const told = new Map<Fault, number[]>();
	let round = 0;
	for (let turn = 0; round < ROUNDS; turn++) {
		const fault = FAULTS[turn % FAULTS.length] ?? "cut";
		await Promise.all(desks.map((desk) => desk.isRight()));
		await Promise.all(desks.map((desk) => desk.watch()));
		if (isNightly) console.info(`T-41 turn ${turn}: ${fault}`);
		told.set(fault, [...(told.get(fault) ?? []), ...(await suffer(desks, fault))]);
		if (turn === 0 && desks[0] !== undefined) await picture(desks[0].page, "frozen-after");
		round += desks.length;
	}
	await Promise.all(desks.map((desk) => desk.isRight()));
	for (const [fault, times] of told) {
		const worst = Math.round(Math.max(...times));
		console.info(`T-41 ${fault}: ${times.length} of ${times.length} veiled, the latest after ${worst} ms`);
	}
	expect([...told.values()].flat()).toHaveLength(round);
});
