// Debian's Chromium for the browser tests: one process, a context per person, drawn by the processor so that it runs anywhere.
// Everything a page complains about, and every request that leaves our own server, is written down; a test asks for it at its end.
import { accessSync, constants } from "node:fs";
import { mkdir, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
// The types of `window.__liaowang`; nothing of the page is loaded here.
import type {} from "../../client/main.tsx";

const COMMANDS = ["chromium", "chromium-browser", "google-chrome"];
const FLAGS = [
	"--headless",
	"--no-sandbox",
	"--disable-quic",
	"--no-first-run",
	"--disable-background-networking",
	"--disable-component-update",
	"--disable-sync",
	// As on a person's desktop. "user-gesture-required" lets Web Audio play in a page that nobody touched.
	"--autoplay-policy=document-user-activation-required",
];
const DRAWN = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"];
const UNDRAWN = ["--disable-gpu", "--disable-3d-apis"];

// A picture is of what stands there: a slice of a font that a stopped server never answers must not hold it up.
process.env.PW_TEST_SCREENSHOT_NO_FONTS_READY = "1";

/** Said by the software renderer about its own speed, not by the page. */
const RENDERER_WORDS = /GL Driver Message|GPU stall due to ReadPixels|Automatic fallback to software WebGL/;

/** A camera without signal is answered 503 and told by its tile; Chromium writes a line of its own about any such answer. */
const DARK_CAMERA = /\/api\/assets\/[^/]+\/picture$/;

export interface BrowserOptions {
	/** False: a machine without WebGL. */
	readonly webgl?: boolean;
}

export async function openBrowser(options: BrowserOptions = {}): Promise<Browser> {
	const drawing = options.webgl === false ? UNDRAWN : DRAWN;
	return chromium.launch({ executablePath: pathOfChromium(), args: [...FLAGS, ...drawing], timeout: 60_000 });
}

export interface Visit {
	readonly page: Page;
	readonly context: BrowserContext;
	/** Errors and warnings of the console with the address they are about, uncaught errors, refused requests. */
	readonly complaints: string[];
	/** Addresses beyond our own server. */
	readonly foreign: string[];
}

export interface VisitOptions {
	/** "/duty?asset=..."; the desk when not said. */
	readonly path?: string;
	readonly width?: number;
	readonly height?: number;
	/** "lw_session=..." of a person. */
	readonly cookie?: string;
	/** The machine of this person lives at another date: ms added to its clock. */
	readonly clockOffsetMs?: number;
}

/** A person of their own at a desk of their own. Resolves when the page has its table and its alarm list. */
export async function visit(browser: Browser, url: string, options: VisitOptions = {}): Promise<Visit> {
	const context = await browser.newContext({
		viewport: { width: options.width ?? 1280, height: options.height ?? 800 },
		locale: "zh-CN",
		timezoneId: "America/New_York",
	});
	const [name, value] = options.cookie?.split("=") ?? [];
	if (name !== undefined && value !== undefined) await context.addCookies([{ name, value, url }]);
	if (options.clockOffsetMs !== undefined) await context.addInitScript(shiftClock, options.clockOffsetMs);
	const page = await context.newPage();
	const complaints: string[] = [];
	const foreign: string[] = [];
	const origin = new URL(url).host;
	page.on("console", (message) => {
		const isLoud = message.type() === "error" || message.type() === "warning";
		const { url: from } = message.location();
		const isDark = DARK_CAMERA.test(from) && message.text().includes("503");
		if (isLoud && !isDark && !RENDERER_WORDS.test(message.text()))
			complaints.push(`${message.type()}: ${message.text()} ${from}`);
	});
	page.on("pageerror", (error) => complaints.push(`uncaught: ${error.message}`));
	const note = (address: string): void => {
		const { host, protocol } = new URL(address);
		if (!["data:", "blob:", "about:"].includes(protocol) && host !== origin) foreign.push(address);
	};
	context.on("request", (request) => note(request.url()));
	page.on("websocket", (socket) => note(socket.url()));
	await page.goto(`${url}${options.path ?? "/duty"}`);
	await loaded(page);
	return { page, context, complaints, foreign };
}

/** In the page, before its first script. */
function shiftClock(offsetMs: number): void {
	const Real = Date;
	class Shifted extends Real {
		constructor(...parts: [] | [number | string]) {
			if (parts.length === 0) super(Real.now() + offsetMs);
			else super(...(parts as [number]));
		}

		static override now(): number {
			return Real.now() + offsetMs;
		}
	}
	window.Date = Shifted as DateConstructor;
}

/** The page stands: catalogue, table and alarm list are there. */
export async function loaded(page: Page): Promise<void> {
	await page.waitForFunction(
		() => {
			// Not there before the page's first script has run.
			const live: Partial<Window["__liaowang"]> = window.__liaowang ?? {};
			return live.catalogue?.isLoaded && live.alarms?.isLoaded && (live.latest?.table.epoch ?? 0) > 0;
		},
		undefined,
		{ timeout: 60_000 },
	);
}

/** The map has drawn itself. */
export async function drawn(page: Page): Promise<void> {
	await page.waitForSelector('[data-map="ready"]', { timeout: 60_000 });
	await page.waitForSelector(".map-box canvas", { timeout: 60_000 });
}

/** The layers with their legend stand open, as they do by themselves on a wide desk. */
export async function openLayers(page: Page): Promise<void> {
	const head = page.locator(".layers-head");
	if ((await head.getAttribute("aria-expanded")) === "false") await head.click();
}

/** "#f5872e" -> how many pixels of a box of the page have about that colour. */
export async function pixelsOf(
	page: Page,
	colour: string,
	box: { x: number; y: number; width: number; height: number },
): Promise<number> {
	const png = await page.screenshot({ clip: box });
	// Decoded by the browser itself, in a page that knows nothing of ours.
	const blank = await page.context().newPage();
	try {
		return await blank.evaluate(
			async ({ text, wanted }) => {
				const image = new Image();
				image.src = `data:image/png;base64,${text}`;
				await image.decode();
				const canvas = document.createElement("canvas");
				canvas.width = image.width;
				canvas.height = image.height;
				const context = canvas.getContext("2d");
				if (context === null) throw new Error("no canvas");
				context.drawImage(image, 0, 0);
				const { data } = context.getImageData(0, 0, image.width, image.height);
				const bits = Number.parseInt(wanted.slice(1), 16);
				let count = 0;
				for (let i = 0; i < data.length; i += 4) {
					const far =
						Math.abs((data[i] ?? 0) - (bits >> 16)) +
						Math.abs((data[i + 1] ?? 0) - ((bits >> 8) & 255)) +
						Math.abs((data[i + 2] ?? 0) - (bits & 255));
					if (far < 24) count++;
				}
				return count;
			},
			{ text: png.toString("base64"), wanted: colour },
		);
	} finally {
		await blank.close();
	}
}

let album: Promise<string> | null = null;

/** Pictures for people, in a temporary folder whose path is printed. Nothing is compared with them. */
export async function picture(page: Page, name: string): Promise<void> {
	album ??= makeAlbum();
	await page.screenshot({ path: join(await album, `${name}.png`) });
}

async function makeAlbum(): Promise<string> {
	const given = process.env.LIAOWANG_TEST_PICTURES;
	if (given !== undefined) await mkdir(given, { recursive: true });
	const folder = given ?? (await mkdtemp(join(tmpdir(), "liaowang-pictures-")));
	console.info(`pictures of the pages: ${folder}`);
	return folder;
}

function pathOfChromium(): string {
	for (const folder of (process.env.PATH ?? "").split(":")) {
		for (const command of COMMANDS) {
			const path = join(folder, command);
			try {
				accessSync(path, constants.X_OK);
				return path;
			} catch {
				// Not here: the next one.
			}
		}
	}
	throw new Error(`none of ${COMMANDS.join(", ")} is on the PATH; on Debian: apt-get install chromium`);
}
