// The number of a source, small and raised: where the figure beside it can be asked again.
import type { ReactElement } from "react";
import type { Brief, Source } from "#model/brief.ts";

interface SourceMarkProps {
	readonly brief: Brief;
	readonly id: Source["id"];
}

export function SourceMark({ brief, id }: SourceMarkProps): ReactElement | null {
	const place = brief.sources.findIndex((source) => source.id === id);
	return place < 0 ? null : <sup>{place + 1}</sup>;
}
