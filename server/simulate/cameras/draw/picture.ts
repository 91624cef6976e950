// One picture from one stage: depth, shadow, sky, light, rods, mirror, veil, words, JPEG. Owns the buffers of all of them (one
// picture at a time). Called by the studio; knows nothing of assets or of the network.
import { createCanvas } from "@napi-rs/canvas";
import { lightOf, type Weather } from "./light.ts";
import { clamp, Dice, ramp } from "./noise.ts";
import { type Caption, drawOverlay } from "./overlay.ts";
import { Depth, Lens, type View } from "./raster.ts";
import { drawMirror, drawRods } from "./rods.ts";
import { Shader } from "./shade.ts";
import { Shadow } from "./shadow.ts";
import { drawSigns } from "./signs.ts";
import type { Mood } from "./skin.ts";
import { Sky } from "./sky.ts";
import type { Stage } from "./stage.ts";
import type { Sun } from "./sun.ts";
import { drawDrops, drawFall, drawLamps, drawPuffs, drawSensor, type Glass } from "./veil.ts";

/** Shaded at this size, then made smaller: edges come out soft, as through a lens. */
const SHADED = { width: 1280, height: 720 };
export const PICTURE = { width: 960, height: 540 };
const QUALITY = 84;

export interface Shot {
	readonly stage: Stage;
	readonly view: View;
	readonly sun: Sun;
	readonly weather: Weather;
	readonly caption: Caption;
	/** Of the place. */
	readonly seed: number;
	/** Hour of the civil day, 0..24: how many windows are lit. */
	readonly hour: number;
}

export class Darkroom {
	readonly #depth = new Depth(SHADED.width, SHADED.height);
	readonly #sky = new Sky(SHADED.width, SHADED.height);
	readonly #shadow = new Shadow();
	readonly #shader = new Shader(SHADED.width, SHADED.height);
	readonly #shaded = createCanvas(SHADED.width, SHADED.height);
	readonly #picture = createCanvas(PICTURE.width, PICTURE.height);
	readonly #pixels = this.#shaded.getContext("2d").createImageData(SHADED.width, SHADED.height);

	/** Raw RGBA of the last picture, for tests. */
	rgba(): Uint8ClampedArray {
		return this.#picture.getContext("2d").getImageData(0, 0, PICTURE.width, PICTURE.height).data;
	}

	png(): Buffer {
		return this.#picture.encodeSync("png");
	}

	/** JPEG, baseline. */
	develop(shot: Shot): Buffer {
		this.expose(shot);
		return this.#picture.encodeSync("jpeg", QUALITY);
	}

	expose(shot: Shot): void {
		const { stage, view, weather, caption, seed } = shot;
		const light = lightOf(shot.sun, weather);
		const lens = new Lens(view, SHADED.width, SHADED.height);
		const out = this.#pixels.data;
		this.#depth.fill(stage.faces, lens);
		const middle = [view.at[0] + Math.sin(view.yaw) * 55, 0, view.at[2] + Math.cos(view.yaw) * 55] as const;
		this.#shadow.fill(stage, light.toSun, middle, light.sunColour[1] > 0.03);
		this.#sky.fill(lens, light, weather, caption.at, seed);
		const mood = moodOf(shot, light);
		this.#shader.run(stage, lens, this.#depth, this.#sky, this.#shadow, mood, out);
		drawRods(stage.rods, lens, this.#depth, this.#sky, light, this.#shader.mirror, out);
		drawMirror(lens, this.#shader.mirror, out, 0.5 * mood.wet, mood.seconds);
		this.#shaded.getContext("2d").putImageData(this.#pixels, 0, 0);
		const context = this.#picture.getContext("2d");
		context.imageSmoothingEnabled = true;
		context.imageSmoothingQuality = "high";
		context.drawImage(this.#shaded, 0, 0, PICTURE.width, PICTURE.height);
		const glass: Glass = { context, ...PICTURE, scale: PICTURE.width / SHADED.width };
		const dice = new Dice(seed ^ Math.floor(caption.at / 40));
		drawSigns(glass, stage.signs, lens, this.#depth, light);
		drawPuffs(glass, stage, lens, this.#depth, light);
		drawLamps(glass, stage, lens, this.#depth, light);
		drawFall(glass, light, weather, dice);
		drawDrops(glass, this.#picture, weather, new Dice(seed + 3));
		drawSensor(glass, light, dice);
		drawOverlay(context, PICTURE.width, PICTURE.height, caption);
	}
}

function moodOf({ weather, hour, caption }: Shot, light: Mood["light"]): Mood {
	// Evening peak at eight, few after eleven, some before seven.
	const evening = ramp(16, 19.5, hour) * (1 - ramp(21.2, 23.6, hour));
	const morning = ramp(5, 6.6, hour) * (1 - ramp(7.2, 9, hour)) * 0.5;
	const isWet = weather.temperature > 0.5 && !weather.isSnow;
	return {
		light,
		weather,
		windows: light.isLampTime || light.day < 0.9 ? clamp(0.05 + 0.52 * Math.max(evening, morning), 0, 1) : 0.012,
		wet: isWet ? ramp(0, 1.6, weather.rain) : 0,
		// Two centimetres cover the ground, half a one lies in patches.
		snow: Math.sqrt(clamp(weather.snowDepth / 6, 0, 1)),
		seconds: (caption.at / 1000) % 3_600,
	};
}
