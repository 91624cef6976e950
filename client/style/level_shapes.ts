// The four shapes and their letters: circle IV, triangle III, diamond II, octagon I. Colour is never alone. LevelMark draws from
// here; the map's canvas and shaders draw the same (level_shapes.test.ts compares). Plain numbers, no drawing.

export interface LevelShape {
	/** 0: a circle. */
	readonly corners: number;
	/** Times the mark's radius, so that the four have one optical weight. */
	readonly radius: number;
	/** Times the mark's radius, downwards: a triangle's weight lies low. */
	readonly down: number;
	/** Of the first corner, degrees clockwise from the right. */
	readonly from: number;
	readonly numeral: string;
	/** Baseline below the middle and size of the numeral, times the mark's radius: a triangle has room only low and narrow. */
	readonly baseline: number;
	readonly size: number;
}

/** By level, 1 blue to 4 red; 0 is none. */
export const LEVEL_SHAPES: readonly (LevelShape | null)[] = [
	null,
	{ corners: 0, radius: 1, down: 0, from: 0, numeral: "IV", baseline: 0.46, size: 1.29 },
	{ corners: 3, radius: 1.18, down: 0.16, from: -90, numeral: "III", baseline: 0.58, size: 1 },
	{ corners: 4, radius: 1.2, down: 0, from: -90, numeral: "II", baseline: 0.46, size: 1.29 },
	{ corners: 8, radius: 1.06, down: 0, from: 22.5, numeral: "I", baseline: 0.46, size: 1.29 },
];

/** x, y of each corner around 0, 0; none for a circle. y grows downwards. */
export function cornersOf(shape: LevelShape, radius: number): readonly (readonly [number, number])[] {
	return Array.from({ length: shape.corners }, (_, i) => {
		const angle = ((shape.from + (i * 360) / shape.corners) * Math.PI) / 180;
		const far = radius * shape.radius;
		return [far * Math.cos(angle), far * Math.sin(angle) + radius * shape.down] as const;
	});
}
