// One device of the bench that waits for its answer: a keep-alive connection to core's HTTP door, times taken in this process.
import { Agent, request } from "node:http";
import { corePaths } from "../../../server/config.ts";

export interface Posted {
	readonly sentAt: number;
	/** Core has answered: the commit stands. performance.now() of this process, as `sentAt`. */
	readonly answeredAt: number;
}

export class Device {
	private readonly agent = new Agent({ keepAlive: true, maxSockets: 8 });
	private readonly socketPath: string;

	constructor(folder: string) {
		this.socketPath = corePaths(folder).readings;
	}

	/** Rejects when it is not answered with 200. */
	post(key: string, asset: string, measure: string, at: number, value: number): Promise<Posted> {
		const body = JSON.stringify({ readings: [{ asset, measure, at, value }] });
		const headers = {
			authorization: `Bearer ${key}`,
			"content-type": "application/json",
			"content-length": Buffer.byteLength(body),
		};
		const sentAt = performance.now();
		return new Promise((done, reject) => {
			const asked = request(
				{ socketPath: this.socketPath, path: "/api/readings", method: "POST", agent: this.agent, headers },
				(response) => {
					const answeredAt = performance.now();
					response.resume();
					response.on("end", () => {
						if (response.statusCode === 200) done({ sentAt, answeredAt });
						else reject(new Error(`the door answered ${response.statusCode}`));
					});
				},
			);
			asked.on("error", reject);
			asked.end(body);
		});
	}

	close(): void {
		this.agent.destroy();
	}
}
