// Type by angle: how many px one minute of arc takes on this screen. The wall's sizes in style/tokens.css are multiples of it,
// so that a word is as large to the eye on a laptop, a 3 x 2 wall and a 4K panel. The wall sets --arc from here; nothing else does.

export interface Viewing {
	/** Height of the picture, metres. */
	readonly heightM: number;
	/** From the eye to the picture, metres. */
	readonly distanceM: number;
}

/** 3 x 2 screens of 55 inches seen from the second row: tokens.css holds the same as a fraction of the height. */
export const USUAL_WALL: Viewing = { heightM: 1.37, distanceM: 6 };

const MINUTE = Math.PI / 180 / 60;

/** CSS px of one minute of arc on a picture `lines` CSS px high. */
export function arcPx({ heightM, distanceM }: Viewing, lines: number): number {
	return ((distanceM * Math.tan(MINUTE)) / heightM) * lines;
}

/** "1.37x6" (metres high x metres away), as in `?screen=1.37x6`; null when it is not a screen that somebody could look at. */
export function viewingOf(text: string | null | undefined): Viewing | null {
	const [height, distance, more] = (text ?? "").split("x").map(Number);
	if (height === undefined || distance === undefined || more !== undefined) return null;
	const isSane = height >= 0.1 && height <= 20 && distance >= 0.3 && distance <= 60;
	return isSane ? { heightM: height, distanceM: distance } : null;
}
