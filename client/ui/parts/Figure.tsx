// A figure with its unit: tabular digits, the unit smaller and quieter behind a space that does not break. A state, a dash and a
// bare count have no unit.
import type { ReactElement } from "react";

interface FigureProps {
	/** As format.ts writes it. */
	readonly text: string;
	readonly unit?: string;
}

export function Figure({ text, unit = "" }: FigureProps): ReactElement {
	return (
		<span className="figures figure">
			{text}
			{unit === "" || text === "–" ? null : <span className="figure-unit">{`\u00a0${unit}`}</span>}
		</span>
	);
}
