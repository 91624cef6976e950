// The skin of things: colour, own light and wetness of a point on a face, from its place in the world. No picture files: walls,
// windows, nets and ground are patterns over metres. Hot: once a pixel; results go into `skin`.
import { cloudy, ramp } from "./noise.ts";
import { type Mood, shade, skin, spot, tone } from "./skin.ts";
import { type Material, materials } from "./stage.ts";
import { brick, concrete, facade, hoarding, net, piles, sheet, shop, skeleton, stack } from "./walls.ts";

const painters: Record<Material, (mood: Mood) => void> = {
	plain: () => shade(0.9 + 0.2 * cloudy(spot.x * 9 + spot.y * 3, spot.z * 9 + spot.y * 7)),
	earth: (mood) => ground(mood, 0.62, 0.76),
	asphalt: (mood) => ground(mood, 0.34, 0.55),
	grass,
	facade,
	skeleton,
	net,
	concrete,
	hoarding,
	sheet,
	water,
	leaf,
	stack,
	gauge,
	paint: () => shade(0.72 + 0.5 * cloudy(spot.x * 23, spot.z * 23)),
	piles,
	brick,
	shop,
};
const byNumber = materials.map((name) => painters[name]);

/** Paints `spot` with a material into `skin`. */
export function paint(material: number, mood: Mood): void {
	skin.r = spot.r;
	skin.g = spot.g;
	skin.b = spot.b;
	skin.er = 0;
	skin.eg = 0;
	skin.eb = 0;
	skin.mirror = 0;
	byNumber[material]!(mood);
	if (spot.ny > 0.55 && mood.snow > 0 && material !== WATER) snowOn(material, mood.snow);
}

const WATER = materials.indexOf("water");
const ASPHALT = materials.indexOf("asphalt");
const PAINT = materials.indexOf("paint");
const EARTH = materials.indexOf("earth");
const LEAF = materials.indexOf("leaf");

/** Trodden and ploughed where people drive, whole elsewhere. */
function snowOn(material: number, snow: number): void {
	const patch = cloudy(spot.x * 1.7 + 31, spot.z * 1.7) * 0.65 + cloudy(spot.x * 7, spot.z * 7 + 11) * 0.35;
	const isRoad = material === ASPHALT || material === PAINT;
	// Wheels keep two tracks a lane; feet and tyres turn the earth of a site into slush here and there.
	const trodden = isRoad
		? 0.52
		: material === EARTH
			? 1 - 0.5 * ramp(0.52, 0.66, cloudy(spot.x * 0.6 + 9, spot.z * 2.1))
			: 1;
	const driven = material === LEAF ? 0.6 : trodden;
	const edge = 1 - snow * driven * 1.25;
	const cover = ramp(edge - 0.1, edge + 0.12, patch) * Math.min(1, snow * 3) * (0.8 + 0.2 * driven);
	const drift =
		0.8 +
		0.2 * cloudy(spot.x * 0.8, spot.z * 1.1) +
		(spot.pixel < 0.1 ? 0.09 * (cloudy(spot.x * 13, spot.z * 13) - 0.5) : 0);
	tone(0.78 * drift, 0.81 * drift, 0.86 * drift, cover * 0.96);
	skin.mirror *= 1 - cover;
}

function ground(mood: Mood, dark: number, tight: number): void {
	const { x, z } = spot;
	const wide = cloudy(x * 0.9 + 7, z * 0.9);
	const fine = spot.pixel < 0.12 ? cloudy(x * 17, z * 17) : 0.5;
	const k = 0.62 + 0.5 * wide + (fine - 0.5) * 0.5 * tight;
	shade(k);
	if (mood.wet > 0) {
		const puddle = ramp(0.5, 0.62, cloudy(x * 1.3 + 90, z * 1.3 + 40));
		shade(1 - mood.wet * (1 - dark) * (0.55 + 0.45 * puddle));
		skin.mirror = mood.wet * (0.28 + 0.72 * puddle);
	}
}

function grass(mood: Mood): void {
	const green = ramp(2, 14, mood.weather.temperature);
	const k = 0.55 + 0.6 * cloudy(spot.x * 1.1, spot.z * 1.1) + (cloudy(spot.x * 14, spot.z * 14) - 0.5) * 0.7;
	tone(0.17, 0.135, 0.07, 1 - green);
	shade(k);
}

function water(mood: Mood): void {
	const drift = mood.seconds * 3;
	const ripple =
		cloudy(spot.x * 5 + drift, spot.z * 5 - drift * 0.6) * 0.6 + cloudy(spot.x * 13 - drift, spot.z * 13) * 0.4;
	shade(0.55 + 0.9 * ripple);
	skin.mirror = 0.55;
}

function leaf(mood: Mood): void {
	const { x, y, z } = spot;
	const n = cloudy(x * 17 + y * 8, z * 17 - y * 12);
	const warm = mood.weather.temperature;
	tone(0.21, 0.13, 0.055, 1 - ramp(3, 13, warm));
	shade(0.12 + 3.2 * n ** 3);
}

/** A staff gauge: a mark each 2 cm, heavier each 10 cm, a red line at 25 cm where an underpass is closed. `seed`: its foot, metres below 0. */
function gauge(): void {
	const cm = (spot.y + spot.seed) * 100;
	tone(0.86, 0.86, 0.84, 1);
	const within = ((cm % 20) + 20) % 20;
	if (within < 10) tone(0.02, 0.06, 0.34, 0.92);
	if (cm >= 23 && cm < 27) tone(0.75, 0.02, 0.02, 1);
}
