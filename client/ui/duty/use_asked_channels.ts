// Channels of an asset for people who get no rows of the table (an enterprise: a cell of it holds neighbours): asked of the server every
// ten seconds while the panel is open. Everybody else reads the table.
import { useQuery } from "@tanstack/react-query";
import { isProblem } from "#model/problem.ts";
import { ask } from "../../live/ask.ts";
import { useShut } from "../live_context.ts";

const AGAIN_MS = 10_000;

export interface AskedChannel {
	readonly measure: string;
	/** In the unit; null: no value. */
	readonly value: number | null;
	/** Epoch ms; null: never. */
	readonly at: number | null;
	readonly quality: string;
	readonly severity: number;
}

const NOT_YET: ReadonlyMap<string, AskedChannel> = new Map();

/** By measure; null: the table has them. */
export function useAskedChannels(asset: string): ReadonlyMap<string, AskedChannel> | null {
	const isShut = useShut("read");
	const query = useQuery({
		queryKey: ["own channels", asset],
		queryFn: async ({ signal }) => {
			const body = await ask(`/api/assets/${encodeURIComponent(asset)}`, { signal });
			if (isProblem(body)) return NOT_YET;
			const { properties } = body as { properties: { channels: readonly AskedChannel[] } };
			return new Map(properties.channels.map((channel) => [channel.measure, channel]));
		},
		refetchInterval: AGAIN_MS,
		enabled: isShut,
	});
	return isShut ? (query.data ?? NOT_YET) : null;
}
