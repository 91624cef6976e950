// The web process put together: it follows core, serves pages, the API and the screens, and reads the store. It writes nothing and
// judges nothing: when it dies, no alarm does. Started by web_process.ts, and by tests in their own process.
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import type { RequestListener, Server } from "node:http";
import { createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Gate } from "./auth/who.ts";
import type { CoreLink } from "./bus/bus.ts";
import { connectIpc } from "./bus/ipc.ts";
import { Mirror } from "./bus/mirror.ts";
import type { Clock } from "./clock.ts";
import { type Config, corePaths } from "./config.ts";
import { createApp } from "./http/app.ts";
import type { ScreenFigures } from "./http/parts.ts";
import type { Log } from "./log.ts";
import { openReader } from "./store/reader.ts";
import type { ReadStore } from "./store/store.ts";
import { Wire } from "./wire/server.ts";

/** A request's head must be here by then, and all of it by the second figure: an import of 32 MB over a slow line. */
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 120_000;
const KEEP_ALIVE_MS = 65_000;
/** Screens, devices and pages together. */
const CONNECTIONS_MAX = 5_000;
/** Open answers at a planned stop are waited for this long. */
const LAST_ANSWERS_MS = 2_000;

export interface WebOptions {
	readonly config: Config;
	readonly clock: Clock;
	readonly log: Log;
	/** Core in this process, or a link of a test; a Unix socket in the data folder when not given. Closed with web. */
	readonly link?: CoreLink;
	/** Closed with web. */
	readonly store?: ReadStore;
	/** The built page; `dist` when not given. */
	readonly pageFolder?: string;
	readonly random?: () => number;
}

export interface Web {
	readonly port: number;
	readonly mirror: Mirror;
	figures(): ScreenFigures;
	/** Screens are told to come back; open answers are finished. */
	close(): Promise<void>;
}

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Resolves when the port listens; whether core is there yet is told by /readyz. Rejects when the port cannot be had. */
export async function startWeb(options: WebOptions): Promise<Web> {
	const { config, clock, log } = options;
	const paths = corePaths(config.dataFolder);
	const pageFolder = options.pageFolder ?? join(root, "dist");
	const build = buildId(pageFolder);
	const fault = (where: string, error: Error): void => log.error({ err: error }, where);
	const link = options.link ?? connectIpc(paths.bus, clock, fault);
	const store = options.store ?? openReader({ folder: config.dataFolder });
	const mirror = new Mirror(link, clock);
	const active = (idHash: string): void => {
		link.call("active", { idHash }).catch((error: Error) => fault("a session's activity was not told", error));
	};
	const gate = new Gate({ store, clock, demo: () => mirror.demo, tls: config.tls !== null, active });
	const http = openServer(config);
	const figures = (): ScreenFigures => figuresOf(wire);
	const app = createApp({
		mirror,
		store,
		core: link,
		gate,
		clock,
		log,
		build,
		tls: config.tls !== null,
		readingsSocket: paths.readings,
		controlSocket: paths.control,
		cameras: config.camerasUrl === null ? { socket: paths.cameras } : { url: config.camerasUrl },
		pageFolder,
		basemapFile: join(root, "geodata", "liaoning", "basemap.pmtiles"),
		mapNumber: config.mapNumber,
		policyFile: join(config.dataFolder, "policy.json"),
		figures,
	});
	http.on("request", app as RequestListener);
	// After the app: Socket.IO takes its own path out of the requests and leaves the rest to who was there before.
	const random = options.random ?? Math.random;
	const wire = new Wire({ http, mirror, store, core: link, gate, clock, log, build, random });
	try {
		await listen(http, config);
	} catch (error) {
		await wire.close("not started");
		await Promise.all([link.close(), store.close()]);
		throw error;
	}
	return {
		port: (http.address() as AddressInfo).port,
		mirror,
		figures,
		async close() {
			const cut = clock.after(LAST_ANSWERS_MS, () => http.closeAllConnections());
			await wire.close("planned");
			cut();
			mirror.close();
			await link.close();
			await store.close();
		},
	};
}

function openServer(config: Config): Server {
	const timeouts = {
		headersTimeout: HEADERS_TIMEOUT_MS,
		requestTimeout: REQUEST_TIMEOUT_MS,
		keepAliveTimeout: KEEP_ALIVE_MS,
	};
	const server = config.tls === null ? createServer(timeouts) : createTlsServer({ ...timeouts, ...config.tls });
	server.maxConnections = CONNECTIONS_MAX;
	return server;
}

function listen(server: Server, config: Config): Promise<void> {
	return new Promise((resolve, reject) => {
		server.once("error", reject);
		server.listen(config.port, config.host, () => {
			server.off("error", reject);
			resolve();
		});
	});
}

/** Of the page: one that was built from something else reloads itself. */
function buildId(pageFolder: string): string {
	const index = join(pageFolder, "index.html");
	if (!existsSync(index)) return "unbuilt";
	return createHash("sha256").update(readFileSync(index)).digest("hex").slice(0, 12);
}

function figuresOf(wire: Wire): ScreenFigures {
	return {
		screens: wire.count,
		...wire.sent,
		cellsEncoded: wire.pace.slices.encoded,
		packed: wire.pace.packed,
		receiptsDropped: wire.receipts.dropped,
		refused: wire.refused,
	};
}
