// The sky behind a scene, at a quarter of the picture's size: gradient, the sun's glow, moving clouds. It is smooth, so the shader
// reads it enlarged; its lowest row above the horizon is also the colour of the haze. Buffers are made once.
import type { Light, Weather } from "./light.ts";
import { clamp, cloudy, ramp } from "./noise.ts";
import type { Lens } from "./raster.ts";

export const SKY_STEP = 4;

export class Sky {
	readonly width: number;
	readonly height: number;
	/** rgb, linear, 3 per cell. */
	readonly cells: Float32Array;
	/** rgb of the haze, 3 per cell column. */
	readonly haze: Float32Array;

	constructor(width: number, height: number) {
		this.width = Math.ceil(width / SKY_STEP) + 2;
		this.height = Math.ceil(height / SKY_STEP) + 2;
		this.cells = new Float32Array(this.width * this.height * 3);
		this.haze = new Float32Array(this.width * 3);
	}

	fill(lens: Lens, light: Light, weather: Weather, at: number, seed: number): void {
		const { focal, right, up, forward } = lens;
		const drift = (at / 1000) * (0.02 + weather.wind * 0.004);
		const wind = ((weather.windFrom + 180) * Math.PI) / 180;
		const [ox, oz] = [Math.sin(wind) * drift + (seed % 251), Math.cos(wind) * drift + (seed % 241)];
		for (let cx = 0; cx < this.width; cx++) {
			const px = (cx * SKY_STEP - lens.width / 2) / focal;
			for (let cy = 0; cy < this.height; cy++) {
				const py = (lens.height / 2 - cy * SKY_STEP) / focal;
				const x = forward[0] + right[0] * px + up[0] * py;
				const y = forward[1] + right[1] * px + up[1] * py;
				const z = forward[2] + right[2] * px + up[2] * py;
				this.#put(this.cells, (cy * this.width + cx) * 3, x, y, z, light, weather, ox, oz);
			}
			const level = Math.hypot(forward[0] + right[0] * px, forward[2] + right[2] * px);
			const x = (forward[0] + right[0] * px) / level;
			const z = (forward[2] + right[2] * px) / level;
			this.#put(this.haze, cx * 3, x, 0.015, z, light, { ...weather, cloud: weather.cloud * 0.4 }, ox, oz);
		}
	}

	#put(
		out: Float32Array,
		i: number,
		x: number,
		y: number,
		z: number,
		light: Light,
		weather: Weather,
		ox: number,
		oz: number,
	): void {
		const length = Math.hypot(x, y, z);
		const up = Math.max(0, y / length);
		const { toSun, zenith, horizon, glow } = light;
		const flat = 1 - (1 - Math.exp(-up * 4.2)) * 1;
		const facing = (x * toSun[0] + y * toSun[1] + z * toSun[2]) / length;
		const side = clamp(0.5 + 0.5 * facing, 0, 1) ** 3;
		const warm = side * Math.exp(-up * 5);
		// Around the sun itself: wide in haze, small in clear air.
		const halo =
			facing > 0.6
				? (facing - 0.6) ** 2 * 1.6 * light.sunColour[1] * 0.35 + (facing > 0.9994 ? light.sunColour[1] * 6 : 0)
				: 0;
		let r = zenith[0] * (1 - flat) + horizon[0] * flat + glow[0] * warm + halo;
		let g = zenith[1] * (1 - flat) + horizon[1] * flat + glow[1] * warm + halo * 0.92;
		let b = zenith[2] * (1 - flat) + horizon[2] * flat + glow[2] * warm + halo * 0.78;
		if (up > 0.008) {
			// Clouds lie on a level sheet, so they crowd together towards the horizon.
			const k = 26 / (up + 0.09);
			const n = cloudy((x / length) * k + ox, (z / length) * k + oz);
			const m = cloudy((x / length) * k * 3.1 - oz, (z / length) * k * 3.1 + ox);
			const shape = n * 0.72 + m * 0.28;
			const threshold = 0.72 - weather.cloud * 0.42;
			const body =
				ramp(threshold - 0.06, threshold + 0.16, shape) * (0.25 + 0.75 * weather.cloud) * ramp(0.008, 0.1, up);
			const lit = 1.12 - 0.55 * ramp(threshold, threshold + 0.3, shape) * weather.cloud;
			const base = light.ambient;
			const tone = light.day * 0.28 + 0.9;
			const white = 0.1 * light.sunColour[1];
			r += (base[0] * tone * lit + white + glow[0] * warm * 0.7 - r) * body * 0.85;
			g += (base[1] * tone * lit + white + glow[1] * warm * 0.55 - g) * body * 0.85;
			b += (base[2] * tone * lit + white + glow[2] * warm * 0.5 - b) * body * 0.85;
		}
		out[i] = r;
		out[i + 1] = g;
		out[i + 2] = b;
	}
}
