// What is awaited shows its shape: grey lines once it takes more than 300 ms, and at once the word for whoever hears the page.
import type { ReactElement } from "react";

/** Lengths of the lines in percent. */
const LINES = [60, 85, 40] as const;

export function Loading({ word, lines = LINES }: { word: string; lines?: readonly number[] }): ReactElement {
	return (
		<div className="loading" role="status">
			<span className="hidden-text">{word}</span>
			{lines.map((length, line) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: the lines never change
				<span key={line} className="skeleton" style={{ width: `${length}%` }} />
			))}
		</div>
	);
}
