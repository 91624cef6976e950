// May this machine's ports be had? Asked once by main before anything is made, so that a port that another program holds is one
// plain line at once, and not an error of a child a minute later. It opens nothing that stays open.
import { createServer } from "node:net";
import type { Config } from "./config.ts";

/** @returns one line per port that cannot be opened, Chinese first; empty: all can. A free port (0) is nobody's. */
export async function portProblems(config: Pick<Config, "host" | "port" | "mqtt" | "hj212Port">): Promise<string[]> {
	const wanted: [string, number | null][] = [
		["PORT", config.port],
		["LIAOWANG_MQTT_PORT", config.mqtt !== null && "port" in config.mqtt ? config.mqtt.port : null],
		["LIAOWANG_HJ212_PORT", config.hj212Port],
	];
	const problems: string[] = [];
	for (const [name, port] of wanted) {
		if (port === null || port === 0) continue;
		const code = await refusalOf(config.host, port);
		if (code !== null) problems.push(words(name, config.host, port, code));
	}
	return problems;
}

/** Code of the system's refusal; null: it may be had. */
function refusalOf(host: string, port: number): Promise<string | null> {
	return new Promise((resolve) => {
		const server = createServer();
		server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
		server.listen(port, host, () => server.close(() => resolve(null)));
	});
}

function words(name: string, host: string, port: number, code: string): string {
	const other = port < 65_535 ? port + 1 : port - 1;
	switch (code) {
		case "EADDRINUSE":
			return `${name}: 端口 ${port} 已被别的程序占用，可换一个：${name}=${other} npm start / port ${port} is in use by another program`;
		case "EACCES":
			return `${name}: 无权打开端口 ${port}，请用 1024 以上的端口 / no permission to open port ${port}`;
		case "EADDRNOTAVAIL":
		case "ENOTFOUND":
			return `HOST: ${host} 不是本机地址 / ${host} is not an address of this machine`;
		default:
			return `${name}: 端口 ${port} 打不开 / port ${port} cannot be opened: ${code}`;
	}
}
