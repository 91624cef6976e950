// Web Mercator in world units: 0..1 over the world, y down, as tiles count. Pure.

/** World px of one tile of MapLibre at zoom 0. */
export const TILE_PX = 512;

export function worldX(lon: number): number {
	return lon / 360 + 0.5;
}

export function worldY(lat: number): number {
	const sine = Math.sin((lat * Math.PI) / 180);
	return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}

export function lonOf(x: number): number {
	return (x - 0.5) * 360;
}

export function latOf(y: number): number {
	return (360 / Math.PI) * Math.atan(Math.exp((0.5 - y) * 2 * Math.PI)) - 90;
}
