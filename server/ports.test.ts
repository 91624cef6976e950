import { type AddressInfo, createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { portProblems } from "./ports.ts";

async function held(): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
	return (server.address() as AddressInfo).port;
}

test("S1 every port that another program holds is said by its variable, with one to take instead", async () => {
	const [page, broker] = [await held(), await held()];
	const told = await portProblems({ host: "127.0.0.1", port: page, mqtt: { port: broker }, hj212Port: 0 });
	expect(told).toHaveLength(2);
	expect(told[0]).toMatch(new RegExp(`^PORT: 端口 ${page} 已被别的程序占用.*PORT=\\d+ npm start`));
	expect(told[1]).toMatch(new RegExp(`^LIAOWANG_MQTT_PORT: 端口 ${broker} 已被别的程序占用`));
});

test("S1 a free port, a closed door and a foreign broker are no problem; a host of elsewhere is named", async () => {
	const none = { host: "127.0.0.1", port: 0, mqtt: { url: "mqtt://broker:1883" }, hj212Port: null };
	expect(await portProblems(none)).toEqual([]);
	const port = await held();
	expect(await portProblems({ ...none, host: "203.0.113.77", port })).toEqual([
		"HOST: 203.0.113.77 不是本机地址 / 203.0.113.77 is not an address of this machine",
	]);
});
