// From light to levels: one curve for a whole picture, as a sensor with a soft shoulder has it. Pure, a table of 4096 steps.

const STEPS = 4096;
const MOST = 6;
const table = new Uint8Array(STEPS + 1);
for (let i = 0; i <= STEPS; i++) {
	const x = (i / STEPS) * MOST;
	// Filmic shoulder (Hejl's fit without its toe), then the display's gamma.
	const y = (x * (x * 2.2 + 0.28)) / (x * (x * 2.12 + 0.72) + 0.12);
	table[i] = Math.round(255 * Math.min(1, y) ** (1 / 2.05));
}

/** Light after exposure to 0..255. */
export function level(light: number): number {
	const i = (light * (STEPS / MOST)) | 0;
	return i >= STEPS ? 255 : i < 0 ? 0 : table[i]!;
}
