// The demo's spare dust station, which nothing drives: a test that needs an alarm of its own raises one here, and does not depend on
// what the demo happens to be doing. The server must have been started with LIAOWANG_INGEST_KEY.
import type { Api } from "./api.ts";
import { until } from "./until.ts";

export const SPARE_ASSET = "spare-hj212";

interface Open {
	readonly alarms: readonly { readonly id: string; readonly subject: string }[];
}

/** PM10 far above its limit, four readings so that no delay holds it back. @returns the id of the alarm. */
export async function raiseSpare(duty: Api, key: string): Promise<string> {
	const at = Date.now();
	const readings = [3, 2, 1, 0].map((before) => ({
		asset: SPARE_ASSET,
		measure: "pm10",
		at: at - before,
		value: 1_900,
	}));
	const response = await fetch(`${duty.url}/api/readings`, {
		method: "POST",
		headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
		body: JSON.stringify({ readings }),
	});
	if (response.status !== 200) throw new Error(`/api/readings: ${response.status} ${await response.text()}`);
	const found = await until("the alarm of the spare", async () =>
		(await duty.get<Open>("/api/alarms")).alarms.find(({ subject }) => subject.includes(SPARE_ASSET)),
	);
	return found.id;
}
