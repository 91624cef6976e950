// What people look at: one in ten the province, three a city, six a district. Cells come from the catalogue as a page gets it.
import { VIEW_CELLS } from "#model/protocol.ts";
import type { ScreenView } from "./screens_process.ts";

/** Every cell at detail values: what the baselines send. */
export const EVERYTHING: readonly ScreenView[] = [{ cells: null }];

interface CatalogueAnswer {
	readonly cells: readonly { readonly district: string }[];
}

export async function mixedViews(url: string): Promise<ScreenView[]> {
	const response = await fetch(`${url}/api/catalogue`);
	const { cells } = (await response.json()) as CatalogueAnswer;
	const districts = [...new Set(cells.map(({ district }) => district))].sort();
	const cities = [...new Set(districts.map((district) => district.slice(0, 4)))];
	const of = (prefix: string): ScreenView => {
		const ids = cells.flatMap(({ district }, id) => (district.startsWith(prefix) ? [id] : []));
		// As the page does: a view of more cells is followed at detail status.
		return { cells: ids.length > VIEW_CELLS ? [] : ids };
	};
	const views: ScreenView[] = [];
	for (let index = 0; index < 40; index++) {
		const tenth = index % 10;
		if (tenth === 0) views.push({ cells: [] });
		else if (tenth <= 3) views.push(of(cities[index % cities.length] ?? ""));
		else views.push(of(districts[(index * 7) % districts.length] ?? ""));
	}
	return views;
}
