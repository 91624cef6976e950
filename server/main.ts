// `npm start`: checks the environment, takes the folder's lock, builds the page when needed and gives a new demo its past, starts
// core, web and (in the demo) the simulator and the cameras, says in six lines what is where, and ends everything on Ctrl-C.
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildClient } from "./client_build.ts";
import { type Config, corePaths, readConfig, socketPath } from "./config.ts";
import { DEMO_DEVICES_FILE } from "./demo.ts";
import { takeLock } from "./lock.ts";
import { openLog } from "./log.ts";
import { PastMaker } from "./past/child.ts";
import { isNew } from "./past/folder.ts";
import { portProblems } from "./ports.ts";
import { Child } from "./supervisor.ts";

interface CoreFacts {
	readonly demo: boolean;
	readonly setUpCode: string | null;
	readonly doors: Readonly<Record<string, string>>;
	readonly assets: number;
}

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const log = openLog("supervisor");

function say(line: string): void {
	process.stdout.write(`${line}\n`);
}

function fail(lines: readonly string[]): never {
	for (const line of lines) process.stderr.write(`${line}\n`);
	process.exit(1);
}

async function main(): Promise<void> {
	const config = readConfig(process.env);
	if (Array.isArray(config))
		fail(["环境变量有误 · the environment is wrong:", ...config.map((one) => `  ${one.where}: ${one.detail}`)]);
	await mkdir(config.dataFolder, { recursive: true, mode: 0o700 });
	const lock = await takeLock(socketPath(config.dataFolder, "lock.sock"));
	if (lock === null)
		fail([`此数据目录已有一个瞭望在运行：${config.dataFolder} · a server is already running on this folder`]);
	const unopened = await portProblems(config);
	if (unopened.length > 0) fail(["端口打不开 · ports that cannot be opened:", ...unopened.map((one) => `  ${one}`)]);
	if (config.mapNumber === null)
		log.warn("审图号未配置，地图仅供内部演示：LIAOWANG_MAP_NUMBER · the map has no review number yet");
	const children: { end(): Promise<void> }[] = [];
	const isEnding = endOnSignal(async () => {
		// Web first, so that screens are told; core last, so that nothing answered is lost.
		for (const child of children.toReversed()) await child.end();
		await lock.release();
	});
	const ports = new Map<string, string>();
	const startCore = async (): Promise<CoreFacts> => {
		if (config.demo !== false && (await isNew(config.dataFolder)) && config.demoPast) {
			const past = new PastMaker(config.dataFolder, process.env);
			children.push(past);
			await tellPast(past, config.dataFolder, isEnding);
		}
		const core = new Child(
			{ name: "core", file: "core_process.ts", args: [], env: () => Object.fromEntries(ports), tellsReady: true },
			log,
		);
		children.push(core);
		return core.first as Promise<CoreFacts>;
	};
	const [facts] = await Promise.all([startCore(), buildClient(root, say)]);
	keepPorts(ports, facts.doors);
	const web = new Child(
		{ name: "web", file: "web_process.ts", args: [], env: () => Object.fromEntries(ports), tellsReady: true },
		log,
	);
	children.push(web);
	const { url, port } = (await web.first) as { url: string; port: number };
	// A port that the kernel chose stays the same when web starts again.
	ports.set("PORT", String(port));
	if (facts.demo) children.push(simulator(config, url, facts.doors));
	if (facts.demo && config.camerasUrl === null) children.push(cameras(config, url));
	for (const line of welcome(config, facts, url)) say(line);
}

/** Says what is made and how long it takes. A past that cannot be made is told; the demo then begins now. */
async function tellPast(past: PastMaker, folder: string, isEnding: () => boolean): Promise<void> {
	const startedAt = performance.now();
	say("正在生成演示历史（30 天逐小时，最近 48 小时逐 5 分钟，含报警、确认与交接班），约半分钟…");
	try {
		const { readings, transitions } = await past.made;
		const seconds = Math.round((performance.now() - startedAt) / 1000);
		say(`演示历史已就绪：${readings} 条读数，${transitions} 条报警记录，用时 ${seconds} s`);
	} catch (error) {
		// Ctrl-C while it is made: nobody starts anything any more; the next start clears away.
		if (isEnding()) await new Promise(() => undefined);
		await past.end();
		await isNew(folder);
		say(`演示历史未能生成，演示从现在开始：${error instanceof Error ? error.message : String(error)}`);
	}
}

function keepPorts(ports: Map<string, string>, doors: Readonly<Record<string, string>>): void {
	const portOf = (address: string | undefined): string | null => /:(\d+)$/.exec(address ?? "")?.[1] ?? null;
	const hj212 = portOf(doors.hj212);
	if (hj212 !== null) ports.set("LIAOWANG_HJ212_PORT", hj212);
	const mqtt = doors.mqtt?.includes("://") === true ? null : portOf(doors.mqtt);
	if (mqtt !== null) ports.set("LIAOWANG_MQTT_PORT", mqtt);
}

function simulator(config: Config, url: string, doors: Readonly<Record<string, string>>): Child {
	const args = ["--url", url, "--devices", join(config.dataFolder, DEMO_DEVICES_FILE)];
	args.push(
		"--mqtt",
		doors.mqtt === undefined ? "off" : doors.mqtt.includes("://") ? doors.mqtt : `mqtt://${doors.mqtt}`,
	);
	args.push("--hj212", doors.hj212 ?? "off", "--control", corePaths(config.dataFolder).control);
	return new Child({ name: "simulate", file: "simulate/main.ts", args, env: () => ({}), tellsReady: false }, log);
}

/** Draws what the demo's video cameras see. */
function cameras(config: Config, url: string): Child {
	const args = ["--url", url, "--listen", corePaths(config.dataFolder).cameras];
	return new Child(
		{ name: "cameras", file: "simulate/cameras/main.ts", args, env: () => ({}), tellsReady: false },
		log,
	);
}

function welcome(config: Config, facts: CoreFacts, url: string): string[] {
	const doors = Object.entries(facts.doors).map(([name, address]) =>
		name === "http" ? `HTTP ${url}/api/readings` : `${name.toUpperCase().replace("HJ212", "HJ 212")} ${address}`,
	);
	return [
		`瞭望已启动：${url}`,
		`设备接入：${doors.join("，")}`,
		`页面：大屏 ${url}/，值班 ${url}/duty，规划 ${url}/plan，政策 ${url}/policy`,
		facts.demo
			? "谁可查看：演示数据，本机免登录只读；值班页上一键以值班员身份进入即可确认报警"
			: facts.setUpCode === null
				? "谁可查看：登录用户，按地区与系统授权"
				: `首次使用：在页面上用此码设立管理员：${facts.setUpCode}`,
		facts.demo
			? `导演台：${url}/demo（情景、开始、快慢、恢复平静）；${facts.assets} 个设施由模拟器按真实协议驱动`
			: `设备登记：管理员用 POST ${url}/api/devices`,
		`停止：按 Ctrl-C；数据在 ${config.dataFolder}`,
	];
}

/** The first signal ends in order; a second one ends at once. @returns whether one came. */
function endOnSignal(end: () => Promise<void>): () => boolean {
	let ending = false;
	const run = (): void => {
		if (ending) process.exit(1);
		ending = true;
		end().then(
			() => process.exit(0),
			(error: unknown) => {
				log.error({ err: error }, "the end was not in order");
				process.exit(1);
			},
		);
	};
	process.on("SIGINT", run);
	process.on("SIGTERM", run);
	return () => ending;
}

main().catch((error: unknown) =>
	fail([`瞭望未能启动 · could not start: ${error instanceof Error ? error.message : String(error)}`]),
);
