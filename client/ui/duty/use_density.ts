// How close the rows of the list stand: the officer's choice, kept on this machine.
import { useState } from "react";

/** rem, --row and --row-dense of the tokens. */
export const ROW_REM = { normal: 2, dense: 1.625 } as const;
export type Density = keyof typeof ROW_REM;

const KEY = "liaowang.density";

export function useDensity(): readonly [Density, () => void] {
	const [density, setDensity] = useState<Density>(localStorage.getItem(KEY) === "dense" ? "dense" : "normal");
	const change = (): void => {
		const next = density === "normal" ? "dense" : "normal";
		localStorage.setItem(KEY, next);
		setDensity(next);
	};
	return [density, change];
}
