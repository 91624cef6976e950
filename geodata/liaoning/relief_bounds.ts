// Where relief.png lies: west, south, east, north in degrees, WGS-84; its rows are even in web mercator. Used by the build that makes
// the picture and by the style that shows it.
export const RELIEF_BOUNDS: readonly [number, number, number, number] = [113.5, 36, 131.5, 44.8];
