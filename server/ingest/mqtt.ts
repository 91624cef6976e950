// The MQTT door: its own broker for devices that dial in, or a client of a broker that stands already. Opened by core; both
// ways acknowledge a message only after the commit that holds its readings.
import type { Door, DoorContext } from "./door.ts";
import { type BrokerOptions, openBroker } from "./mqtt/broker.ts";
import { openForeign } from "./mqtt/foreign.ts";

/** @param options `port` opens the built-in broker (0: a free port), `url` follows a foreign one. */
export function openMqttDoor(
	options: BrokerOptions | { readonly host: string; readonly url: string },
	context: DoorContext,
): Promise<Door> {
	return "url" in options ? openForeign(options, context) : openBroker(options, context);
}
