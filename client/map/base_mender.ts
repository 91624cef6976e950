// Mends the base map after the link was gone: MapLibre does not ask again for what failed. One for each map.
import type { ErrorEvent, Map as MapLibreMap, VectorTileSource } from "maplibre-gl";
import type { LinkWatch } from "../live/link.ts";
import { BASEMAP_SOURCE } from "./basemap.ts";

export class BaseMender {
	private readonly map: MapLibreMap;
	private readonly link: LinkWatch;
	private isTorn = false;

	constructor(map: MapLibreMap, link: LinkWatch) {
		this.map = map;
		this.link = link;
		map.on("error", (event) => this.failed(event));
		link.change.subscribe(() => this.mend());
	}

	/** A piece of the base map did not come; anything else is our own bug. */
	private failed(event: ErrorEvent & { readonly sourceId?: string }): void {
		if (event.sourceId === BASEMAP_SOURCE) this.isTorn = true;
		else reportError(event.error);
	}

	/** Once the link is back, the base map is fetched anew. */
	private mend(): void {
		if (!this.isTorn || this.link.state !== "live") return;
		this.isTorn = false;
		const source = this.map.getSource<VectorTileSource>(BASEMAP_SOURCE);
		if (source?.url !== undefined) source.setUrl(source.url);
	}
}
