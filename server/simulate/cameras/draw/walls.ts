// Painters of upright things: houses with their windows, skeletons, nets, hoardings, piles, shops. Patterns over metres. Hot.
import { clamp, cloudy, hash, ramp } from "./noise.ts";
import { along, detail, type Mood, shade, skin, spot, stains, tone } from "./skin.ts";

export function facade(mood: Mood): void {
	const { seed, y } = spot;
	if (spot.ny > 0.5) {
		shade(0.8);
		return;
	}
	const style = seed >> 2;
	const bay = 2.9 + (style % 5) * 0.28;
	const u = along() / bay + hash(style) * 8;
	const v = y / 2.95;
	const column = Math.floor(u);
	const floor = Math.floor(v);
	const fu = u - column;
	const fv = v - floor;
	shade(stains());
	if (y < 4.2) {
		base(mood, fu, fv);
		return;
	}
	const open = (column + style) % 3 === 0;
	const half = open ? 0.43 : 0.27;
	const isGlass = Math.abs(fu - 0.5) < half && fv > (open ? 0.36 : 0.3) && fv < 0.84;
	const seen = detail(1.1);
	if (isGlass) {
		glass(mood, column, floor, fu, seen);
		return;
	}
	// Balcony: a parapet that stands out, and the shade under the slab above.
	if (open && fv <= 0.36) shade(1 + 0.16 * seen);
	else if (open && fv >= 0.84) shade(1 - 0.45 * seen);
	// The outdoor unit of an air conditioner under a window.
	else if (Math.abs(fu - 0.2) < 0.14 && fv > 0.05 && fv < 0.24 && hash(column, floor, style) > 0.45)
		tone(0.55, 0.56, 0.55, 0.8 * seen);
	if (fv < 0.06) shade(1 - 0.2 * seen);
}

export function base(mood: Mood, fu: number, fv: number): void {
	tone(0.2, 0.19, 0.19, 0.6);
	if (Math.abs(fu - 0.5) > 0.42 || fv > 0.86) return;
	const lit = mood.light.isLampTime && hash(Math.floor(along() / 3), spot.seed) > 0.4 ? 1 : 0;
	tone(0.05, 0.055, 0.06, 0.8);
	skin.er += 0.05 * lit;
	skin.eg += 0.038 * lit;
	skin.eb += 0.022 * lit;
}

export function glass(mood: Mood, column: number, floor: number, fu: number, seen: number): void {
	const chance = hash(column, floor, spot.seed);
	const blind = hash(floor, column, spot.seed + 9);
	const frame = Math.abs(((fu * 2) % 1) - 0.5) > 0.455 ? 0.5 : 1;
	const dark = 0.05 + 0.09 * blind;
	tone(dark * frame, dark * 1.06 * frame, dark * 1.14 * frame, 0.55 + 0.4 * seen);
	const sky = mood.light.horizon;
	// Panes mirror the pale sky, more the more slanting.
	const k = 0.16 * (0.5 + blind) * seen;
	skin.er += sky[0] * k;
	skin.eg += sky[1] * k;
	skin.eb += sky[2] * k;
	if (chance > mood.windows) return;
	const level = (0.025 + 0.11 * hash(column + 5, floor, spot.seed) ** 2) * (1 - 0.75 * mood.light.day);
	const cool = blind > 0.66 ? 1 : 0;
	skin.er += level * (cool ? 0.8 : 1.05);
	skin.eg += level * (cool ? 0.86 : 0.74);
	skin.eb += level * (cool ? 0.9 : 0.36);
}

/** A storey that is still open: slab, columns, bays that are walled up but for the hole of a window, others still dark and deep. */
export function skeleton(): void {
	if (spot.ny > 0.5) {
		shade(0.75 + 0.4 * cloudy(spot.x * 3, spot.z * 3));
		return;
	}
	const u = along() / 3.6 + hash(spot.seed >> 2);
	const v = spot.y / 3;
	const fu = u - Math.floor(u);
	const fv = v - Math.floor(v);
	shade(stains());
	const seen = detail(0.9);
	if (fv < 0.07 || fu < 0.09) return;
	const storey = Math.floor(v);
	if (hash(Math.floor(u), spot.seed >> 2, storey >> 2) > 0.4) holed(fu, fv, seen);
	else deepBay(u, fu, fv, storey, seen);
}

/** Floor catches light at the front, the ceiling lies in the dark. */
function deepBay(u: number, fu: number, fv: number, storey: number, seen: number): void {
	const depth = 0.03 + 0.1 * (1 - fv) ** 2 + 0.03 * hash(Math.floor(u), storey, 5);
	tone(depth, depth, depth * 1.03, 0.5 + 0.35 * seen);
	// Props of the formwork.
	const prop = (fu * 5) % 1;
	if (prop < 0.09 && hash(storey, 3, spot.seed) > 0.5) tone(0.22, 0.2, 0.17, 0.7 * seen);
}

/** A wall of blocks with the hole of a window. */
function holed(fu: number, fv: number, seen: number): void {
	tone(0.37, 0.355, 0.335, 0.7);
	const isHole = Math.abs(fu - 0.54) < 0.22 && fv > 0.36 && fv < 0.8;
	if (isHole) tone(0.045, 0.045, 0.05, 0.55 + 0.35 * seen);
	else shade(0.9 + 0.16 * cloudy(spot.y * 8, along() * 8));
}

/** Green dust net on a scaffold: tubes show through, sheets are tied storey by storey. */
export function net(): void {
	const u = along();
	const wrinkle = cloudy(u * 3.3, spot.y * 1.1) * 0.6 + cloudy(u * 0.7 + 40, spot.y * 4.5) * 0.4;
	shade(0.5 + 0.95 * wrinkle);
	const sheet = hash(Math.floor(u / 6), Math.floor(spot.y / 3.6), spot.seed);
	shade(0.86 + 0.3 * sheet);
	if (sheet > 0.93) tone(0.2, 0.2, 0.19, 0.7);
	const seen = detail(0.25);
	const fu = u / 1.5 - Math.floor(u / 1.5);
	const fy = spot.y / 1.8 - Math.floor(spot.y / 1.8);
	if (fu < 0.05) tone(0.28, 0.27, 0.24, 0.55 * seen);
	if (fy < 0.05) tone(0.3, 0.29, 0.25, 0.6 * seen);
	const fs = spot.y / 10.8 - Math.floor(spot.y / 10.8);
	if (fs < 0.05) tone(0.36, 0.31, 0.09, 0.5);
}

export function concrete(mood: Mood): void {
	shade(
		spot.ny > 0.5
			? 0.78 + 0.4 * cloudy(spot.x * 5, spot.z * 5)
			: stains() * (0.92 + 0.16 * cloudy(along() * 19, spot.y * 19)),
	);
	if (spot.ny > 0.5 && mood.wet > 0) {
		shade(1 - 0.4 * mood.wet);
		skin.mirror = 0.3 * mood.wet;
	} else if (spot.ny < 0.5) {
		const fu = along() / 3;
		if (fu - Math.floor(fu) < 0.012) shade(1 - 0.4 * detail(0.06));
	}
}

export function hoarding(): void {
	const u = along();
	const seen = detail(0.3);
	const fu = u / 0.42 - Math.floor(u / 0.42);
	shade(1 - 0.2 * seen * Math.abs(fu - 0.5));
	const fp = u / 3 - Math.floor(u / 3);
	if (fp < 0.045) tone(0.62, 0.63, 0.64, 0.85 * seen);
	if (spot.y > 2.25) tone(0.72, 0.73, 0.74, 0.85);
	if (spot.y < 0.45) tone(0.36, 0.35, 0.33, 0.9);
	shade(0.84 + 0.24 * cloudy(u * 2, spot.y * 6) - 0.18 * ramp(0.9, 0, spot.y));
}

export function sheet(): void {
	const u = spot.ny > 0.5 ? spot.x * 0.7 + spot.z * 0.3 : along();
	const f = u / 0.7 - Math.floor(u / 0.7);
	shade((0.9 + 0.18 * Math.sin(f * Math.PI * 2) * detail(0.35)) * (0.88 + 0.22 * cloudy(u * 1.5, spot.y * 3 + spot.z)));
}

export function stack(): void {
	const f = spot.y / 0.32 - Math.floor(spot.y / 0.32);
	const row = Math.floor(spot.y / 0.32);
	shade((0.7 + 0.5 * hash(row, Math.floor(along() * 1.2), spot.seed)) * (f < 0.2 ? 0.55 : 1));
}

export function piles(): void {
	const u = along() / 1.3;
	const f = u - Math.floor(u);
	shade((0.55 + 0.75 * Math.sin(f * Math.PI)) * (0.75 + 0.4 * cloudy(u * 3, spot.y * 2)));
	const fy = (spot.y + 100) % 4;
	if (fy < 0.7) tone(0.4, 0.39, 0.37, 0.75);
}

/** Plastered, its windows not yet in. */
export function brick(): void {
	if (spot.ny > 0.5) return;
	shade(stains());
	const u = along() / 3.6 + hash(spot.seed >> 2);
	const v = spot.y / 3;
	const fv = v - Math.floor(v);
	if (fv < 0.05) shade(1 - 0.22 * detail(0.2));
	holed(u - Math.floor(u), fv, detail(0.9));
}

/** Shop fronts under a house: a lit sign over dark glass. */
export function shop(mood: Mood): void {
	const u = along() / 5;
	const unit = Math.floor(u);
	const fu = u - unit;
	if (spot.y > 3) {
		const hue = hash(unit, spot.seed);
		tone(0.15 + 0.5 * hue, 0.12 + 0.2 * hash(unit, 3), 0.1 + 0.4 * (1 - hue), 0.8);
		const lit = mood.light.isLampTime ? 0.11 * clamp(hash(unit, 8) * 1.6 - 0.3, 0, 1) : 0;
		skin.er += skin.r * lit * 3;
		skin.eg += skin.g * lit * 3;
		skin.eb += skin.b * lit * 3;
		return;
	}
	if (fu < 0.05 || spot.y < 0.5) return;
	tone(0.06, 0.065, 0.07, 0.85);
	const isOpen = mood.light.isLampTime && hash(unit, spot.seed, 2) > 0.35;
	// What stands behind the glass: shelves, people, shadows.
	const inside = 0.35 + 1.1 * cloudy(u * 38, spot.y * 15) * (fu * 3 - Math.floor(fu * 3) < 0.06 ? 0.3 : 1);
	const lit = (isOpen ? 0.13 : 0.012) * inside;
	skin.er += lit;
	skin.eg += lit * 0.88;
	skin.eb += lit * 0.66;
}
