// What an alarm is called on the wall: in few characters, by kind and rule; where it is; what the sentence is made of.
import type { TFunction } from "i18next";
import type { Alarm } from "#model/alarm.ts";
import { minuteText } from "../../live/format.ts";
import type { Live } from "../../live/live.ts";
import { pulseQuantity } from "../../live/pulse.ts";
import { seasonOf } from "../../live/pulse_season.ts";
import type { SentenceFacts, SentenceWords, WorstAlarm } from "../../live/sentence.ts";
import type { ReachIndex } from "../../live/sentence_reach.ts";
import { type Silence, silenceOf } from "../../live/sentence_silence.ts";
import { languageNow } from "../../text/text.ts";
import { wall } from "../../text/wall.ts";
import { placeName, shortName } from "../parts/districts.ts";
import { spokenOf } from "./case_pick.ts";

/** "一次网失压"; a rule without words of its own is named by its kind. */
export function troubleText(t: TFunction, live: Live, alarm: Alarm): string {
	const kind = alarm.asset === null ? undefined : live.catalogue.find(alarm.asset)?.kind;
	if (kind === undefined) return alarm.name === "" ? t("wall.trouble.other.plain") : alarm.name;
	if (alarm.rule === "silent") return `${kind.name[languageNow()]} ${t("wall.trouble.other.silent")}`;
	const known = t(`wall.trouble.${kind.id}.${alarm.rule}`, { defaultValue: "" });
	return known === "" ? t("wall.trouble.other.alarm", { kind: kind.name[languageNow()] }) : known;
}

export function sentenceWords(): SentenceWords {
	return wall[languageNow()].sentence;
}

/** Kind of the stations that the calm sentence counts, by the season's quantity. */
const SERVICE_KIND = { heat: "heatStation", rain: "rainGauge", dust: "dust", water: "waterMain" } as const;

export function serviceOf(live: Live, now: number): keyof typeof SERVICE_KIND {
	return (now === 0 ? null : pulseQuantity(seasonOf(now), live.catalogue)?.id) ?? "heat";
}

export function silenceNow(live: Live, service: keyof typeof SERVICE_KIND): Silence {
	return silenceOf(live.catalogue, live.latest.table, SERVICE_KIND[service]);
}

export interface FactsInput {
	readonly live: Live;
	readonly t: TFunction;
	readonly now: number;
	readonly silence: Silence;
	readonly service: keyof typeof SERVICE_KIND;
	readonly reach: ReachIndex;
	/** Id of the alarm that has the wall now. */
	readonly taken: string | null;
}

export function sentenceFacts({ live, t, now, silence, service, reach, taken }: FactsInput): SentenceFacts {
	const { link, alarms, catalogue, latest, wire, clock } = live;
	const open = [0, 0, 0, 0, 0];
	for (const { active, severity, outOfService } of alarms.open) {
		if (active && !outOfService) open[severity] = (open[severity] ?? 0) + 1;
	}
	const first = spokenOf(alarms.open, taken);
	return {
		link: link.state,
		cause: link.cause,
		heardAt: clock.isSet ? minuteText(clock.lastHeard) : null,
		isRefused: wire.refused?.problem === "unauthorized" || live.catalogueProblem?.problem === "unauthorized",
		isLoaded: alarms.isLoaded && catalogue.isLoaded && catalogue.epoch === latest.table.epoch,
		assets: silence.assets,
		channels: silence.channels,
		spoken: silence.spoken,
		silent: silence.silent,
		silentCity:
			silence.worst === null
				? null
				: { name: shortName(silence.worst.city), silent: silence.worst.silent, channels: silence.worst.channels },
		open,
		worst: first === null ? null : worstOf(first, { live, t, now, reach }),
		service: { name: t(`wall.service.${service}`), stations: silence.stations, percent: silence.percent },
	};
}

function worstOf(alarm: Alarm, { live, t, now, reach }: Pick<FactsInput, "live" | "t" | "now" | "reach">): WorstAlarm {
	const { stations, households } = reach.of(live.catalogue, alarm.asset);
	return {
		severity: alarm.severity,
		place: placeName(alarm.district),
		city: shortName(`${alarm.district.slice(0, 4)}00`),
		what: troubleText(t, live, alarm),
		stations,
		households,
		acknowledged: alarm.acknowledged,
		minutes: Math.max(0, Math.floor((now - alarm.raisedAt) / 60_000)),
	};
}

/** Where one works on it. */
export function deskOf({ asset, id }: Alarm): string {
	return `/duty?${new URLSearchParams(asset === null ? { alarm: id } : { asset })}`;
}
