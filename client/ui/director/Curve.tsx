// A figure since the beginning of its scenario, as one line with its end: no axes, the number stands beside it. Null breaks the line.
import type { ReactElement } from "react";
import { endOf, HEIGHT, pathOf, WIDTH } from "./curve_path.ts";

interface CurveProps {
	readonly curve: readonly (number | null)[];
	readonly label: string;
}

export function Curve({ curve, label }: CurveProps): ReactElement {
	const path = pathOf(curve);
	const end = endOf(curve);
	return (
		<svg
			className="curve-line"
			viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
			preserveAspectRatio="none"
			role="img"
			aria-label={label}
		>
			<path d={`M0 ${HEIGHT - 0.5}H${WIDTH}`} className="curve-base" />
			<path d={path} className="curve-path" />
			{end === null ? null : <path d={`M${end[0]} ${end[1]}h.01`} className="curve-end" />}
		</svg>
	);
}
