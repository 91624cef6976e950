// Where the sun stands. Pure.

export interface Sun {
	/** Degrees above the horizon, without refraction. */
	readonly altitude: number;
	/** Degrees clockwise from north. */
	readonly azimuth: number;
}

const RAD = Math.PI / 180;
const DAY_MS = 86_400_000;
/** 2000-01-01T12:00Z, the epoch of the almanac. */
const J2000_MS = 946_728_000_000;

/** Low precision formulae of the Astronomical Almanac (section C, "Low precision formulas for the Sun"): 0.01 degree until 2050. */
export function sunAt(at: number, lon: number, lat: number): Sun {
	const n = (at - J2000_MS) / DAY_MS;
	const meanLongitude = 280.46 + 0.9856474 * n;
	const anomaly = (357.528 + 0.9856003 * n) * RAD;
	const longitude = (meanLongitude + 1.915 * Math.sin(anomaly) + 0.02 * Math.sin(2 * anomaly)) * RAD;
	const obliquity = (23.439 - 4e-7 * n) * RAD;
	const rightAscension = Math.atan2(Math.cos(obliquity) * Math.sin(longitude), Math.cos(longitude));
	const declination = Math.asin(Math.sin(obliquity) * Math.sin(longitude));
	const siderealTime = (280.46061837 + 360.98564736629 * n + lon) * RAD;
	const hourAngle = siderealTime - rightAscension;
	const phi = lat * RAD;
	const altitude = Math.asin(
		Math.sin(phi) * Math.sin(declination) + Math.cos(phi) * Math.cos(declination) * Math.cos(hourAngle),
	);
	const azimuth = Math.atan2(
		-Math.sin(hourAngle) * Math.cos(declination),
		Math.sin(declination) * Math.cos(phi) - Math.cos(declination) * Math.sin(phi) * Math.cos(hourAngle),
	);
	return { altitude: altitude / RAD, azimuth: (azimuth / RAD + 360) % 360 };
}
