// The band over the wall: product and unit, the four doors and who is here; in the middle the sentence; at the right the signs of
// life. The sentence is computed from what the page holds, once a second and at every change of alarms and link.
import { type ReactElement, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Sentence, sentenceOf, widthOf } from "../../live/sentence.ts";
import { ReachIndex } from "../../live/sentence_reach.ts";
import { isTouring } from "../../live/tour.ts";
import { languageNow } from "../../text/text.ts";
import { Doors } from "../doors/Doors.tsx";
import { useChange, useLive, useNow } from "../live_context.ts";
import { LevelMark } from "../parts/LevelMark.tsx";
import { SignsOfLife } from "../parts/SignsOfLife.tsx";
import type { Tour } from "./use_tour.ts";
import { sentenceFacts, sentenceWords, serviceOf, silenceNow } from "./wall_words.ts";

/** Silence is counted this often: the watchdog speaks of minutes. */
const COUNT_EVERY_MS = 2_000;

export function WallTop({ tour }: { readonly tour: Tour }): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	useChange(live.wire.change);
	const sentence = useSentence(tour.state.taken?.id ?? null);
	const isOnTour = isTouring(tour.state);
	const isWaiting = sentence.tone === "wait" || sentence.tone === "lost";
	return (
		<header className="wall-top">
			<div className="wall-name">
				<p className="wall-product">
					<strong>{t("product")}</strong>
					<span>{t("unit")}</span>
				</p>
				<div className="wall-doors">
					<Doors here="wall" />
					<span className="wall-who">{whoIsHere(live.wire.hello?.user, live.wire.hello?.roles, t)}</span>
					<button type="button" className="wall-tour" data-tour-button onClick={isOnTour ? tour.end : tour.start}>
						{t(isOnTour ? "wall.tour.stop" : "wall.tour.start")}
					</button>
				</div>
			</div>
			<h1
				className={`wall-sentence tone-${sentence.tone}`}
				style={{ ["--signs" as string]: Math.max(14, widthOf(sentence.text) + 2) }}
				data-sentence={sentence.isCalm ? "calm" : sentence.tone}
				aria-live="polite"
			>
				{isWaiting ? <LevelMark state={5} size="0.8em" /> : null}
				{typeof sentence.tone === "number" && sentence.tone > 0 ? (
					<LevelMark state={sentence.tone} size="0.9em" />
				) : null}
				<span>{sentence.text}</span>
			</h1>
			<div className="wall-signs">
				<SignsOfLife size="wall" />
			</div>
		</header>
	);
}

function whoIsHere(user: string | undefined, roles: readonly string[] | undefined, t: (key: string) => string): string {
	const role = roles?.[0] ?? "viewer";
	const isKnown = ["viewer", "wall", "duty", "planner", "administrator"].includes(role);
	const word = isKnown ? t(`who.role.${role}`) : role;
	return role === "viewer" || user === undefined ? word : `${user} · ${word}`;
}

function useSentence(taken: string | null): Sentence {
	const { t } = useTranslation();
	const live = useLive();
	const now = useNow();
	const catalogue = useChange(live.catalogue.change);
	useChange(live.alarms.change);
	useChange(live.link.change);
	const [reach] = useState(() => new ReachIndex());
	const service = serviceOf(live, now);
	const tick = Math.floor(now / COUNT_EVERY_MS);
	const silence = useMemo(
		() => (catalogue < 0 || tick < 0 ? null : silenceNow(live, service)),
		[live, catalogue, tick, service],
	);
	const known = silence ?? silenceNow(live, service);
	const facts = sentenceFacts({ live, t, now, silence: known, service, reach, taken });
	return sentenceOf(facts, sentenceWords(), languageNow());
}
