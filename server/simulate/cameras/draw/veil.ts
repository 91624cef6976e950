// What lies between the scene and the sensor, drawn over the shaded picture: lamps that glare, steam and mist, falling snow and rain,
// drops on the glass, the sensor's grain and the lens's darker corners.
import { type Canvas, createCanvas, type SKRSContext2D } from "@napi-rs/canvas";
import type { Light, Weather } from "./light.ts";
import { clamp, Dice, ramp } from "./noise.ts";
import type { Depth, Lens } from "./raster.ts";
import type { Stage } from "./stage.ts";
import { level } from "./tone.ts";

/** Draws in the pixels of the finished picture, `scale` of the shaded one. */
export interface Glass {
	readonly context: SKRSContext2D;
	readonly width: number;
	readonly height: number;
	readonly scale: number;
}

export function drawLamps(glass: Glass, stage: Stage, lens: Lens, depth: Depth, light: Light): void {
	if (!light.isLampTime) return;
	const { context, scale } = glass;
	context.globalCompositeOperation = "screen";
	for (const lamp of stage.lamps) {
		const p = lens.project(lamp.at);
		if (p === null) continue;
		const [x, y, z] = p;
		if (x < -60 || y < -60 || x > lens.width + 60 || y > lens.height + 60) continue;
		const i = clamp(Math.floor(y), 0, lens.height - 1) * lens.width + clamp(Math.floor(x), 0, lens.width - 1);
		if ((depth.inverse[i] ?? 0) > (1 / z) * 1.03) continue;
		const through = Math.exp(-light.haze * z * 0.7);
		if (lamp.glow === 0) continue;
		const radius = clamp(((lamp.glow * 17) / Math.sqrt(z * 10)) * (1 + 110 * light.haze), 2.2, 150) * scale;
		const [r, g, b] = lamp.colour.map((k) => Math.round(255 * Math.min(1, k) ** 0.6));
		const glow = context.createRadialGradient(x * scale, y * scale, 0, x * scale, y * scale, radius);
		const core = clamp(through * 1.1, 0, 1);
		glow.addColorStop(0, `rgba(255,255,250,${core})`);
		glow.addColorStop(0.13, `rgba(${r},${g},${b},${core * 0.95})`);
		glow.addColorStop(0.34, `rgba(${r},${g},${b},${core * 0.3})`);
		glow.addColorStop(0.62, `rgba(${r},${g},${b},${core * 0.07})`);
		glow.addColorStop(1, `rgba(${r},${g},${b},0)`);
		context.fillStyle = glow;
		context.fillRect(x * scale - radius, y * scale - radius, radius * 2, radius * 2);
	}
	context.globalCompositeOperation = "source-over";
}

export function drawPuffs(glass: Glass, stage: Stage, lens: Lens, depth: Depth, light: Light): void {
	const { context, scale } = glass;
	const k = light.exposure;
	for (const puff of stage.puffs) {
		const p = lens.project(puff.at);
		if (p === null) continue;
		const [x, y, z] = p;
		const i = clamp(Math.floor(y), 0, lens.height - 1) * lens.width + clamp(Math.floor(x), 0, lens.width - 1);
		if ((depth.inverse[i] ?? 0) > (1 / z) * 1.2) continue;
		const radius = ((puff.radius * lens.focal) / z) * scale;
		const [r, g, b] = ([0, 1, 2] as const).map((c) =>
			level(puff.tint[c] * (light.ambient[c] * 1.1 + light.sunColour[c] * 0.4 + 0.02) * k),
		);
		const ball = context.createRadialGradient(x * scale, y * scale, 0, x * scale, y * scale, radius);
		ball.addColorStop(0, `rgba(${r},${g},${b},${puff.alpha})`);
		ball.addColorStop(0.55, `rgba(${r},${g},${b},${puff.alpha * 0.5})`);
		ball.addColorStop(1, `rgba(${r},${g},${b},0)`);
		context.fillStyle = ball;
		context.fillRect(x * scale - radius, y * scale - radius, radius * 2, radius * 2);
	}
}

/** Flakes or drops of this moment; a new throw each picture. */
export function drawFall(glass: Glass, light: Light, weather: Weather, dice: Dice): void {
	if (weather.rain < 0.05) return;
	if (weather.isSnow) drawSnow(glass, light, weather, dice);
	else drawRain(glass, light, weather, dice);
}

function drawSnow({ context, width, height }: Glass, light: Light, weather: Weather, dice: Dice): void {
	const count = Math.round(clamp(240 + weather.rain * 420, 0, 1_500));
	const white = level(0.75 * (light.ambient[1] * 1.3 + light.sunColour[1] * 0.3 + 0.02) * light.exposure);
	const drift = clamp(weather.wind, 0, 14) * 0.6;
	for (let n = 0; n < count; n++) {
		const near = dice.next() ** 5;
		const x = dice.next() * width;
		const y = dice.next() * height;
		const r = 0.55 + near * 5.2;
		context.globalAlpha = clamp(0.85 - near * 0.55, 0.16, 0.85) * dice.between(0.5, 1);
		context.strokeStyle = `rgb(${white},${white},${Math.min(255, white + 5)})`;
		context.lineCap = "round";
		context.lineWidth = r * 1.5;
		// A fiftieth of a second of flight.
		context.beginPath();
		context.moveTo(x, y);
		context.lineTo(x + drift * r * 0.35 + 0.01, y + r * 1.1);
		context.stroke();
	}
	context.globalAlpha = 1;
}

function drawRain({ context, width, height }: Glass, light: Light, weather: Weather, dice: Dice): void {
	const count = Math.round(clamp(120 + weather.rain * 26, 0, 1_100));
	const white = level(0.9 * (light.ambient[1] * 1.5 + 0.03) * light.exposure);
	const lean = clamp(weather.wind, 0, 18) * 0.022 * (dice.next() * 0.2 + 0.9);
	context.lineCap = "butt";
	for (let n = 0; n < count; n++) {
		const near = dice.next() ** 3;
		const x = dice.next() * width * 1.1 - width * 0.05;
		const y = dice.next() * height;
		const long = (12 + near * 60) * (height / 540);
		context.globalAlpha = 0.07 + 0.16 * near;
		context.strokeStyle = `rgb(${white},${white},${Math.min(255, white + 4)})`;
		context.lineWidth = 0.6 + near * 1.3;
		context.beginPath();
		context.moveTo(x, y);
		context.lineTo(x + lean * long, y + long);
		context.stroke();
	}
	context.globalAlpha = 1;
}

/** A few drops that hang on the dome and bend the light. */
export function drawDrops({ context, width, height }: Glass, picture: Canvas, weather: Weather, dice: Dice): void {
	if (weather.isSnow || weather.rain < 1) return;
	const count = Math.round(clamp(weather.rain * 0.5, 2, 11));
	for (let n = 0; n < count; n++) {
		const r = dice.between(4, 15) * (height / 540);
		const x = dice.next() * width;
		const y = dice.next() * height;
		context.save();
		context.beginPath();
		context.ellipse(x, y, r, r * dice.between(1, 1.35), 0, 0, Math.PI * 2);
		context.clip();
		context.globalAlpha = 0.82;
		context.translate(x, y);
		context.scale(-0.34, -0.34);
		context.drawImage(picture, -x, -y);
		context.restore();
		const rim = context.createRadialGradient(x - r * 0.2, y - r * 0.3, r * 0.3, x, y, r * 1.1);
		rim.addColorStop(0, "rgba(255,255,255,0.10)");
		rim.addColorStop(0.8, "rgba(0,0,0,0.02)");
		rim.addColorStop(1, "rgba(0,0,0,0)");
		context.fillStyle = rim;
		context.fillRect(x - r * 1.2, y - r * 1.5, r * 2.4, r * 3);
	}
}

const GRAIN = 256;
let grain: Canvas | null = null;

function grainTile(): Canvas {
	if (grain !== null) return grain;
	const canvas = createCanvas(GRAIN, GRAIN);
	const context = canvas.getContext("2d");
	const pixels = context.createImageData(GRAIN, GRAIN);
	const dice = new Dice(77);
	for (let i = 0; i < pixels.data.length; i += 4) {
		// Nearly normal; colour noise is weaker than that of brightness.
		const n = (dice.next() + dice.next() + dice.next() - 1.5) * 85;
		for (let k = 0; k < 3; k++) pixels.data[i + k] = 128 + n + (dice.next() - 0.5) * 46;
		pixels.data[i + 3] = 255;
	}
	context.putImageData(pixels, 0, 0);
	grain = canvas;
	return canvas;
}

export function drawSensor({ context, width, height }: Glass, light: Light, dice: Dice): void {
	context.globalCompositeOperation = "overlay";
	context.globalAlpha = clamp(light.noise / 40, 0.03, 0.3);
	const tile = grainTile();
	const [ox, oy] = [dice.int(0, GRAIN - 1), dice.int(0, GRAIN - 1)];
	for (let y = -oy; y < height; y += GRAIN) for (let x = -ox; x < width; x += GRAIN) context.drawImage(tile, x, y);
	context.globalAlpha = 1;
	context.globalCompositeOperation = "multiply";
	const radius = Math.hypot(width, height) / 2;
	const corners = context.createRadialGradient(width / 2, height / 2, radius * 0.45, width / 2, height / 2, radius);
	const dark = 0.26 + 0.1 * ramp(0.5, 0, light.day);
	corners.addColorStop(0, "rgba(0,0,0,0)");
	corners.addColorStop(1, `rgba(0,0,0,${dark})`);
	context.fillStyle = corners;
	context.fillRect(0, 0, width, height);
	context.globalCompositeOperation = "source-over";
}
