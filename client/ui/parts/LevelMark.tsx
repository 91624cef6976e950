// A level as colour, shape and letter, drawn from style/level_shapes.ts. `hollow`: the condition is gone, nobody has seen it
// yet. Without a level: the normal disc or the hollow ring of stale. Always decoration: the word stands beside it.
import type { ReactElement } from "react";
import { cornersOf, LEVEL_SHAPES, type LevelShape } from "../../style/level_shapes.ts";

/** In a box of 24 by 24 around 0, 0: room for the dark line outside. */
const RADIUS = 9.7;

interface LevelMarkProps {
	/** 0 normal, 1..4 severities, 5 stale. */
	readonly state: number;
	/** rem, or any length of the style. */
	readonly size?: number | string;
	readonly hollow?: boolean;
	readonly bare?: boolean;
}

export function LevelMark({ state, size = 1.25, hollow = false, bare = false }: LevelMarkProps): ReactElement {
	const length = typeof size === "number" ? `${size}rem` : size;
	const shape = LEVEL_SHAPES[state];
	return (
		<svg
			className="level-mark"
			viewBox="-12 -12 24 24"
			style={{ width: length, height: length }}
			data-mark={state}
			aria-hidden="true"
		>
			{shape === null || shape === undefined ? (
				<Calm isStale={state === 5} />
			) : (
				<Level shape={shape} colour={`var(--level-${state})`} hollow={hollow} bare={bare} />
			)}
		</svg>
	);
}

interface LevelProps {
	readonly shape: LevelShape;
	readonly colour: string;
	readonly hollow: boolean;
	readonly bare: boolean;
}

function Level({ shape, colour, hollow, bare }: LevelProps): ReactElement {
	const radius = hollow ? RADIUS - 1 : RADIUS;
	// The dark line keeps a light hue apart from paper and land; hollow ones are the line.
	const paint = hollow
		? { fill: "var(--ground)", stroke: colour, strokeWidth: 2 }
		: { fill: colour, stroke: "var(--outline)", strokeWidth: 1 };
	const points = cornersOf(shape, radius)
		.map(([x, y]) => `${x.toFixed(2)},${y.toFixed(2)}`)
		.join(" ");
	return (
		<>
			{shape.corners === 0 ? (
				<circle r={radius} {...paint} />
			) : (
				<polygon points={points} strokeLinejoin="round" {...paint} />
			)}
			{bare ? null : (
				<text
					y={RADIUS * shape.baseline}
					textAnchor="middle"
					className="figures"
					fontSize={RADIUS * shape.size}
					fontWeight="600"
					fill={hollow ? colour : "var(--outline)"}
				>
					{shape.numeral}
				</text>
			)}
		</>
	);
}

function Calm({ isStale }: { isStale: boolean }): ReactElement {
	if (!isStale) return <circle r="6" fill="var(--normal)" />;
	// A ring with a gap at the upper right.
	return <path d="M3.6 -7.1A8 8 0 1 0 7.1 -3.6" fill="none" stroke="var(--stale)" strokeWidth="2.4" />;
}
