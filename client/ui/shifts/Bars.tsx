// Eight days as eight bars: the day told dark, the days before it light, days the log does not know left out. A thin line at their mean.
import type { ReactElement } from "react";
import type { Trend } from "#model/brief.ts";

const STEP = 10;
const BAR = 7;

interface BarsProps {
	readonly trend: Trend;
	/** Drawn height, px of the box. */
	readonly height: number;
	/** The tallest bar stands for this many; of the trend itself when not said. */
	readonly most?: number;
}

export function Bars({ trend, height, most }: BarsProps): ReactElement {
	const { days, mean } = trend;
	const top = Math.max(1, most ?? Math.max(...days.map((day) => day ?? 0)));
	const width = days.length * STEP;
	const y = (count: number): number => height - (count / top) * (height - 1);
	return (
		<svg
			className="bars-of-days"
			viewBox={`0 0 ${width} ${height}`}
			height={height}
			aria-hidden="true"
			preserveAspectRatio="none"
		>
			{days.map((day, n) =>
				day === null ? null : (
					<rect
						// biome-ignore lint/suspicious/noArrayIndexKey: the place is the day
						key={n}
						x={n * STEP}
						y={Math.min(y(day), height - 1)}
						width={BAR}
						height={Math.max(1, height - y(day))}
						className={n === days.length - 1 ? "today" : ""}
					/>
				),
			)}
			{mean === null ? null : <line x1={0} x2={width - STEP + BAR - STEP} y1={y(mean)} y2={y(mean)} />}
		</svg>
	);
}
