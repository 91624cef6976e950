// The rhythm of a Liaoning day, week and year: when people draw water, cook with gas, drive, build, and when radiators are warm.
// Pure functions of a moment; every curve is about 1 on the mean of a day unless it says otherwise.
import type { Moment } from "./moment.ts";
import { bell, clamp } from "./noise.ts";

function isWeekend(moment: Moment): boolean {
	return moment.weekday === 0 || moment.weekday === 6;
}

/** Least at 03:00, highest at 07:00 (an hour later at the weekend), again at noon and 19:00. */
export function waterDemand(moment: Moment): number {
	const { hour } = moment;
	const morning = isWeekend(moment) ? 8.2 : 7;
	return (
		0.86 -
		0.52 * bell(hour, 3, 2.6) +
		0.55 * bell(hour, morning, 1.6) +
		0.25 * bell(hour, 12, 1.5) +
		0.42 * bell(hour, 19.2, 2.2)
	);
}

/** Three meals: 06:30, 11:30, 17:45. */
export function gasDemand(moment: Moment): number {
	const { hour } = moment;
	return (
		0.45 -
		0.25 * bell(hour, 3, 3) +
		1.2 * bell(hour, isWeekend(moment) ? 7.6 : 6.6, 1) +
		1.35 * bell(hour, 11.5, 1.1) +
		1.6 * bell(hour, 17.8, 1.3)
	);
}

/** 0..1: rush hours at 07:30 and 17:15 on working days, a broad afternoon at the weekend. */
export function traffic(moment: Moment): number {
	const { hour } = moment;
	const day = 0.1 + 0.4 * bell(hour, 13, 5.5);
	if (isWeekend(moment)) return clamp(day + 0.25 * bell(hour, 16, 3), 0, 1);
	return clamp(day + 0.5 * bell(hour, 7.5, 1.1) + 0.5 * bell(hour, 17.3, 1.3), 0, 1);
}

/** 0..1: how much is built at this time of the year. Concrete rests from mid November to mid March; until December walls are finished. */
export function siteSeason({ monthDay }: Moment): number {
	if (monthDay >= 1201 || monthDay < 306) return 0;
	if (monthDay >= 1116) return 0.35;
	return monthDay < 321 ? 0.5 : 1;
}

/** 0..1: a site works 07:00-12:00 and 13:00-18:00, hardly on Sunday, and not at all in deep winter. */
export function siteWork(moment: Moment): number {
	const { hour } = moment;
	const shift = edge(hour, 7) - edge(hour, 12) + edge(hour, 13) - edge(hour, 18);
	return clamp(shift, 0, 1) * (moment.weekday === 0 ? 0.12 : 1) * siteSeason(moment);
}

/** 0 before, 1 after, with half an hour between. */
function edge(hour: number, at: number): number {
	return clamp((hour - at) * 2 + 0.5, 0, 1);
}

/**
 * Dalian heats 5 November to 5 April, the others 1 November to 31 March (B: local practice; extensions are usual). From 1 November its
 * networks run warm on trial, so that they are full and under pressure when the rules of the season begin to hold.
 */
const HEATING_DALIAN = [1101, 405] as const;
const HEATING = [1101, 331] as const;

export function isHeating(city: string, moment: Moment): boolean {
	const [from, to] = city === "210200" ? HEATING_DALIAN : HEATING;
	return moment.monthDay >= from || moment.monthDay <= to;
}

/** Secondary supply by what buildings feel, °C: 43 when it is mild, 57 in the hardest frost. Design: 45-60 °C. */
export function secondarySupply(felt: number): number {
	return clamp(47 - 0.5 * felt, 43, 58);
}

/** Primary supply by what buildings feel, °C; design 110-130 °C. */
export function primarySupply(felt: number): number {
	return clamp(78 - 1.7 * felt, 68, 118);
}
