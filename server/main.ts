// `npm start`: checks the environment, takes the folder's lock, builds the page when needed, starts core, web and (in the demo)
// the simulator, says in six lines what is where, and ends everything on Ctrl-C.
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildClient } from "./client_build.ts";
import { type Config, readConfig, socketPath } from "./config.ts";
import { DEMO_DEVICES_FILE } from "./demo.ts";
import { takeLock } from "./lock.ts";
import { openLog } from "./log.ts";
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
	const children: Child[] = [];
	endOnSignal(async () => {
		// Web first, so that screens are told; core last, so that nothing answered is lost.
		for (const child of children.toReversed()) await child.end();
		await lock.release();
	});
	const ports = new Map<string, string>();
	const core = new Child(
		{ name: "core", file: "core_process.ts", args: [], env: () => Object.fromEntries(ports), tellsReady: true },
		log,
	);
	children.push(core);
	const [facts] = await Promise.all([core.first as Promise<CoreFacts>, buildClient(root, say)]);
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
	for (const line of welcome(config, facts, url)) say(line);
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
	args.push("--hj212", doors.hj212 ?? "off");
	return new Child({ name: "simulate", file: "simulate/main.ts", args, env: () => ({}), tellsReady: false }, log);
}

function welcome(config: Config, facts: CoreFacts, url: string): string[] {
	const doors = Object.entries(facts.doors).map(([name, address]) =>
		name === "http" ? `HTTP ${url}/api/readings` : `${name.toUpperCase().replace("HJ212", "HJ 212")} ${address}`,
	);
	return [
		`瞭望已启动：${url}`,
		`设备接入：${doors.join("，")}`,
		`页面：${url}/（值班台地图）；状态：${url}/readyz`,
		facts.demo
			? "谁可查看：演示数据，本机免登录只读；页面上一键以值班员身份进入可确认报警"
			: facts.setUpCode === null
				? "谁可查看：登录用户，按地区与系统授权"
				: `首次使用：在页面上用此码设立管理员：${facts.setUpCode}`,
		facts.demo
			? `模拟器：已随启动运行（${facts.assets} 个设施）；单独驱动：npm run simulate -- --help`
			: `设备登记：管理员用 POST ${url}/api/devices`,
		`停止：按 Ctrl-C；数据在 ${config.dataFolder}`,
	];
}

/** The first signal ends in order; a second one ends at once. */
function endOnSignal(end: () => Promise<void>): void {
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
}

main().catch((error: unknown) =>
	fail([`瞭望未能启动 · could not start: ${error instanceof Error ? error.message : String(error)}`]),
);
