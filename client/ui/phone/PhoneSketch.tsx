// A sketch instead of a map: what else stands within a kilometre, lines of the networks, the place in the middle, north up, a scale; and
// where the telephone is, when it is known and not too far. Drawn from the catalogue that the page has anyway.
import type { ReactElement } from "react";
import type { PageAsset } from "../../live/catalogue.ts";
import { useLive } from "../live_context.ts";
import { distanceText, roundMetres, wayBetween } from "./way.ts";

const WIDTH = 360;
const HEIGHT = 200;
/** Metres from the middle to the upper edge; more when the telephone is further off, up to the second figure. */
const RADIUS_M = 800;
const RADIUS_MOST_M = 20_000;
const DEGREE_M = 111_320;

interface SketchProps {
	readonly asset: PageAsset;
	readonly here: readonly [number, number] | null;
	readonly label: string;
}

export function PhoneSketch({ asset, here, label }: SketchProps): ReactElement {
	const live = useLive();
	const { lon, lat } = asset.record;
	const far = here === null ? 0 : wayBetween(here, [lon, lat]).metres * 1.15;
	const radius = far > RADIUS_MOST_M ? RADIUS_M : Math.max(RADIUS_M, far);
	const scale = HEIGHT / 2 / radius;
	const cos = Math.cos((lat * Math.PI) / 180);
	const x = (at: number): number => WIDTH / 2 + (at - lon) * cos * DEGREE_M * scale;
	const y = (at: number): number => HEIGHT / 2 - (at - lat) * DEGREE_M * scale;
	const isNear = (one: { readonly lon: number; readonly lat: number }, slack: number): boolean =>
		Math.abs(x(one.lon) - WIDTH / 2) < WIDTH / 2 + slack && Math.abs(y(one.lat) - HEIGHT / 2) < HEIGHT / 2 + slack;
	const around = live.catalogue.assets.filter((one) => one !== asset && isNear(one.record, WIDTH * 4));
	const bar = roundMetres(radius * 0.6);
	return (
		<svg className="phone-sketch" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
			{around.map(({ record }) =>
				record.path === undefined ? null : (
					<polyline
						key={record.id}
						className="line"
						points={record.path.map(([east, north]) => `${x(east).toFixed(1)},${y(north).toFixed(1)}`).join(" ")}
					/>
				),
			)}
			{around
				.filter(({ record }) => record.path === undefined && isNear(record, 0))
				.map(({ record }) => (
					<circle key={record.id} className="dot" cx={x(record.lon)} cy={y(record.lat)} r="2.5" />
				))}
			{here === null || !isNear({ lon: here[0], lat: here[1] }, 0) ? null : (
				<>
					<line className="way" x1={x(here[0])} y1={y(here[1])} x2={WIDTH / 2} y2={HEIGHT / 2} />
					<circle className="here" cx={x(here[0])} cy={y(here[1])} r="6" />
				</>
			)}
			<path className="place" d={`M${WIDTH / 2 - 9} ${HEIGHT / 2}h18M${WIDTH / 2} ${HEIGHT / 2 - 9}v18`} />
			<circle className="place" cx={WIDTH / 2} cy={HEIGHT / 2} r="7" />
			<path className="north" d={`M${WIDTH - 18} 34v-22m-5 7l5 -8l5 8`} />
			<path className="north" d={`M14 ${HEIGHT - 16}v5h${(bar * scale).toFixed(1)}v-5`} />
			<text x={18} y={HEIGHT - 18} className="figures">
				{distanceText(bar)}
			</text>
		</svg>
	);
}
