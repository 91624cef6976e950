// The command line of the simulator: read once, every mistake named in a sentence. Pure; main.ts prints and exits.
import { parseArgs } from "node:util";
import { DEMO_ASSETS, DEMO_SEED } from "#geodata/liaoning/demo/catalogue.ts";
import { SEASONS, type Season } from "./world/moment.ts";

export interface Options {
	/** Public address of the server, without a path. */
	readonly url: string;
	/** null: from the devices file, else the usual port of `url`'s host. "off": that door is not driven. */
	readonly mqtt: string | null;
	readonly hj212: string | null;
	/** JSON file with the devices and their keys; null: none, everything goes by HTTP with `key`. */
	readonly devices: string | null;
	readonly assets: number;
	/** Readings a second in all; null: the devices' own rhythm. */
	readonly rate: number | null;
	/** How much faster the world's clock runs; the times that are sent stay real. */
	readonly speed: number;
	readonly season: Season | "auto";
	/** null: until it is stopped. */
	readonly seconds: number | null;
	readonly seed: number;
	/** Master key, for assets that no device of the file speaks for. */
	readonly key: string | null;
	readonly ledger: string | null;
	/** Unix socket of the director's line; null: nobody directs. */
	readonly control: string | null;
	/** Whether scenarios come by themselves. */
	readonly scenarios: boolean;
	/** The first scenario comes soon, whatever the folder has seen. */
	readonly firstRun: boolean;
}

export const USAGE = `npm run simulate -- [options]        演示省：按真实协议向瞭望发送数据 · drives the demo province over the real protocols
  --url URL         server, default http://127.0.0.1:8080
  --devices FILE    devices and keys, default $LIAOWANG_DATA/demo-devices.json (./data)
  --mqtt URL        mqtt://host:port, or off      --hj212 HOST:PORT   or off
  --assets N        assets to drive, 40 to 60000, default 3000; above 3000 they are imported first and need --key
  --rate R          readings a second in all, in place of the devices' own rhythm (at most 50000)
  --speed S         how many times faster the world's day runs, default 1
  --season NAME     winter, spring, summer, autumn or auto (by date)
  --seconds N       stop after N seconds
  --seed N          another province
  --key KEY         master key (LIAOWANG_INGEST_KEY)
  --control PATH    Unix socket on which the director's page is answered
  --first-run       the first scenario comes after 100 s, as it does by itself on a fresh folder
  --no-scenarios    nothing happens by itself
  --ledger FILE     append "S id asset measure at value" when sent and "A id" when acknowledged
  --help`;

const WORDS = {
	url: { type: "string" },
	mqtt: { type: "string" },
	hj212: { type: "string" },
	devices: { type: "string" },
	assets: { type: "string" },
	rate: { type: "string" },
	speed: { type: "string" },
	season: { type: "string" },
	seconds: { type: "string" },
	seed: { type: "string" },
	key: { type: "string" },
	ledger: { type: "string" },
	control: { type: "string" },
	"first-run": { type: "boolean" },
	"no-scenarios": { type: "boolean" },
	help: { type: "boolean" },
} as const;

/** @returns options, or every problem in words. "help" when only that was asked. */
export function readArgs(argv: readonly string[]): Options | "help" | readonly string[] {
	let values: { readonly [word in keyof typeof WORDS]?: string | boolean };
	try {
		values = parseArgs({ args: [...argv], options: WORDS, strict: true, allowPositionals: false }).values;
	} catch (error) {
		return [error instanceof Error ? error.message : String(error)];
	}
	if (values.help === true) return "help";
	const problems: string[] = [];
	const text = (word: keyof typeof WORDS): string | null => {
		const value = values[word];
		return typeof value === "string" ? value : null;
	};
	const number = (
		word: "assets" | "rate" | "speed" | "seconds" | "seed",
		least: number,
		most: number,
		whole = true,
	) => {
		const given = text(word);
		if (given === null) return null;
		const value = given.trim() === "" ? Number.NaN : Number(given);
		const kind = whole ? "a whole number" : "a number";
		if (!(value >= least && value <= most) || (whole && !Number.isInteger(value)))
			problems.push(`--${word}: ${kind} from ${least} to ${most}, not "${given}"`);
		return value;
	};
	const season = text("season") ?? "auto";
	if (season !== "auto" && !SEASONS.some((known) => known === season))
		problems.push(`--season: ${SEASONS.join(", ")} or auto, not "${season}"`);
	const url = text("url") ?? "http://127.0.0.1:8080";
	if (!/^https?:\/\/[^/]+\/?$/.test(url)) problems.push(`--url: http://host:port, not "${url}"`);
	const mqtt = text("mqtt");
	if (mqtt !== null && mqtt !== "off" && !/^mqtts?:\/\/[^/]+\/?$/.test(mqtt))
		problems.push(`--mqtt: mqtt://host:port or off, not "${mqtt}"`);
	const hj212 = text("hj212");
	if (hj212 !== null && hj212 !== "off" && !/:\d{1,5}$/.test(hj212))
		problems.push(`--hj212: host:port or off, not "${hj212}"`);
	const options: Options = {
		url: url.replace(/\/$/, ""),
		mqtt,
		hj212,
		devices: text("devices"),
		assets: number("assets", 40, 60_000) ?? DEMO_ASSETS,
		rate: number("rate", 0.1, 50_000, false),
		speed: number("speed", 0.01, 10_000, false) ?? 1,
		season: season as Options["season"],
		seconds: number("seconds", 1, 31_536_000, false),
		seed: number("seed", 0, 4_294_967_295) ?? DEMO_SEED,
		key: text("key"),
		ledger: text("ledger"),
		control: text("control"),
		scenarios: values["no-scenarios"] !== true,
		firstRun: values["first-run"] === true,
	};
	if (options.assets > DEMO_ASSETS && options.key === null)
		problems.push(`--assets above ${DEMO_ASSETS} needs --key: nobody else may speak for what is imported`);
	return problems.length > 0 ? problems : options;
}
