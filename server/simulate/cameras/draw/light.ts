// The light of a moment: sun, sky, haze and the camera's exposure, from the sun's height and the weather. Pure.
import { clamp, ramp } from "./noise.ts";
import type { Point, Rgb } from "./stage.ts";
import type { Sun } from "./sun.ts";

/** What the air does; each figure is a live value or says in facts.ts what stands for it. */
export interface Weather {
	/** °C. */
	readonly temperature: number;
	/** mm in the hour, as water. */
	readonly rain: number;
	readonly isSnow: boolean;
	/** cm on the ground. */
	readonly snowDepth: number;
	/** Metres. */
	readonly visibility: number;
	/** m/s and degrees it comes from. */
	readonly wind: number;
	readonly windFrom: number;
	/** 0..1 of the sky. */
	readonly cloud: number;
	/** Yellow dust in the air, µg/m³ of PM10. */
	readonly pm10: number;
}

export interface Light {
	readonly sun: Sun;
	/** Towards the sun. */
	readonly toSun: Point;
	/** Of a surface that faces it; 0 when it is down or behind cloud. */
	readonly sunColour: Rgb;
	/** From above, and from the ground. */
	readonly ambient: Rgb;
	readonly bounce: Rgb;
	readonly zenith: Rgb;
	readonly horizon: Rgb;
	/** Added to the horizon on the sun's side at dawn and dusk. */
	readonly glow: Rgb;
	/** Share of contrast lost per metre: Koschmieder, 3.912 / visibility. */
	readonly haze: number;
	/** 1 by day, 0 when it is dark. */
	readonly day: number;
	/** Lamps are on. */
	readonly isLampTime: boolean;
	readonly exposure: number;
	/** Of the sensor, 0..255 levels. */
	readonly noise: number;
}

const mix = (a: Rgb, b: Rgb, t: number): Rgb => [
	a[0] + (b[0] - a[0]) * t,
	a[1] + (b[1] - a[1]) * t,
	a[2] + (b[2] - a[2]) * t,
];
const scale = (a: Rgb, k: number): Rgb => [a[0] * k, a[1] * k, a[2] * k];
const sum = (a: Rgb, b: Rgb): Rgb => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
export const brightness = (a: Rgb): number => 0.2126 * a[0] + 0.7152 * a[1] + 0.0722 * a[2];

/** A city's own light on its sky. */
const CITY: Rgb = [0.0082, 0.0072, 0.0068];

export function lightOf(sun: Sun, weather: Weather): Light {
	const { altitude } = sun;
	const day = ramp(-7, 7, altitude);
	const cover = clamp(weather.cloud + (weather.rain > 0.1 ? 0.35 : 0), 0, 1);
	const clear = 1 - ramp(0.35, 0.95, cover);
	const low = ramp(-8, -1, altitude) * (1 - ramp(3, 16, altitude));
	const mass = 1 / (Math.sin(Math.max(0.6, altitude) * (Math.PI / 180)) + 0.025);
	const through = (k: number): number => Math.exp(-k * mass);
	const strength = 2.9 * ramp(-0.6, 3, altitude) * clear * (1 - ramp(6_000, 600, weather.visibility) * 0.75);
	const sunColour = scale([through(0.055), through(0.105), through(0.21)], strength);

	const heavy = cover * (1 - 0.35 * ramp(1, 20, weather.rain) * (weather.isSnow ? 0 : 1));
	const blue = mix([0.19, 0.33, 0.66], [0.52, 0.55, 0.59], heavy);
	const pale = mix([0.6, 0.7, 0.82], [0.62, 0.645, 0.67], heavy);
	const dimmed =
		day * (0.35 + 0.65 * ramp(-2, 22, altitude)) * (1 - 0.28 * cover) * (1 - 0.2 * ramp(2, 25, weather.rain));
	const dusty = ramp(150, 700, weather.pm10);
	const smog = mix([1, 1, 1], [1.12, 0.98, 0.72], Math.max(dusty, 0.25 * ramp(9_000, 1_500, weather.visibility)));
	const tinted = (colour: Rgb): Rgb => [colour[0] * smog[0], colour[1] * smog[1], colour[2] * smog[2]];
	const thick = ramp(9_000, 700, weather.visibility);
	const night = scale(CITY, 1 + cover * 0.9 + thick + (weather.snowDepth > 0.5 ? 0.8 : 0));
	const zenith = sum(tinted(scale(mix(blue, pale, thick * 0.8), dimmed)), scale(night, 0.55));
	const horizon = sum(tinted(scale(pale, dimmed)), scale(night, 1.6));
	const glow = scale([0.95, 0.42, 0.13], low * (0.25 + 0.75 * clear) * 0.75);
	const white = ramp(0.2, 3, weather.snowDepth);
	const ambient = sum(scale(mix(zenith, horizon, 0.45), 0.95), scale(glow, 0.12));
	const bounce = scale(sum(scale(ambient, 0.5), scale(sunColour, 0.12)), 0.3 + 0.55 * white);
	const level =
		brightness(ambient) * 1.0 +
		brightness(sunColour) * 0.52 * Math.max(0.2, Math.sin(Math.max(0, altitude) * (Math.PI / 180)));
	const exposure = clamp(0.46 / (level * (1 + 0.8 * white * day) + 0.045), 0.4, 5.2);
	const a = sun.azimuth * (Math.PI / 180);
	const h = altitude * (Math.PI / 180);
	return {
		sun,
		toSun: [Math.sin(a) * Math.cos(h), Math.sin(h), Math.cos(a) * Math.cos(h)],
		sunColour,
		ambient,
		bounce,
		zenith,
		horizon,
		glow,
		haze: 3.912 / clamp(weather.visibility, 60, 40_000),
		day,
		isLampTime: altitude < -1.5 || (altitude < 8 && weather.visibility < 800),
		exposure,
		noise: 2.4 + 5 * (1 - day),
	};
}
