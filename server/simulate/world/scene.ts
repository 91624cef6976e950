// What surrounds an asset at a moment, and what it measures there. Types only; passed from the world to the kinds.
import type { Moment } from "./moment.ts";
import type { Sky } from "./weather.ts";

/** By measure. A measure that is not there is not sent. */
export type Values = Record<string, number>;

export interface Scene {
	readonly moment: Moment;
	readonly sky: Sky;
	/** Over the heat source that feeds the asset; its own sky for all that hangs on none. */
	readonly plant: Sky;
	/** mm/h here and now; 0 in frost. For kinds that feel it. */
	readonly rain: number;
	/** mm of the last hour here, and of the hour before it; 0 in frost. For kinds that drain. */
	readonly rainHour: number;
	readonly rainBefore: number;
	/** mm of the last hour here as water, snow included. For weather stations. */
	readonly fallen: number;
}
