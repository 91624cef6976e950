// Row "memory": resident memory of core and web together while 200 screens look on and 50,000 readings a second come in.
import { pause } from "../live/processes.ts";
import { Stage } from "../live/stage.ts";
import { mixedViews } from "../live/views.ts";
import { atMost, type Effort, type Measured } from "../row.ts";

const MOST_MB = 250;

export async function memory(effort: Effort): Promise<Measured[]> {
	const assets = effort.quick ? 300 : 50_000;
	const screens = effort.quick ? 4 : 200;
	const rate = effort.quick ? 1_000 : 50_000;
	const seconds = effort.quick ? 2 : 20;
	const stage = await Stage.open(assets);
	try {
		const atStart = stage.core.rssMB() + stage.web.rssMB();
		await stage.show(screens, await mixedViews(stage.url));
		await stage.drive(rate);
		let core = 0;
		let web = 0;
		for (let second = 0; second < seconds; second++) {
			await pause(1_000);
			core = Math.max(core, stage.core.rssMB());
			web = Math.max(web, stage.web.rssMB());
		}
		const { feed } = await stage.watch(1);
		await stage.drive(0);
		const figure = core + web;
		return [
			{
				row: "memory",
				work: `${stage.channels} channels, ${screens} screens, ${rate}/s (${Math.round(feed.acknowledged / feed.seconds)}/s answered); core ${core.toFixed(0)}, web ${web.toFixed(0)} MB at most, ${atStart.toFixed(0)} MB at the start`,
				figure,
				unit: "MB RSS, core and web",
				targets: [atMost(figure, MOST_MB, "MB")],
			},
		];
	} finally {
		await stage.close();
	}
}
