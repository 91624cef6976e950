// What stands at the right when nobody is waiting for anything: what is normal, in figures. Before the list is here it says so;
// in an empty folder it says what to do next.
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { numberText } from "../../live/format.ts";
import { useChange, useLive, useNow } from "../live_context.ts";
import { problemText } from "../parts/problem_text.ts";
import { serviceOf, silenceNow } from "./wall_words.ts";

export function CalmCard(): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	useChange(live.catalogue.change);
	const now = useNow();
	if (!live.alarms.isLoaded || !live.catalogue.isLoaded) return <NotYet />;
	const service = serviceOf(live, now);
	const silence = silenceNow(live, service);
	if (silence.assets === 0) {
		return (
			<article className="wall-calm" data-case="empty">
				<p className="wall-calm-title">{t("wall.calm.empty")}</p>
				<p className="wall-calm-note">{t("wall.calm.emptyNext")}</p>
				<p>
					<a href="/duty">{t("wall.calm.openDuty")}</a>
				</p>
			</article>
		);
	}
	const sites = new Set(live.catalogue.assets.flatMap(({ record }) => record.site ?? [])).size;
	const online = silence.channels === 0 ? 0 : ((silence.spoken - silence.silent) / silence.channels) * 100;
	const figures: readonly (readonly [string, string])[] = [
		[t("wall.calm.channels"), `${numberText(online, 1)} %`],
		[t("wall.calm.service", { service: t(`wall.service.${service}`) }), `${numberText(silence.percent, 1)} %`],
		[t("wall.calm.sites"), sites.toLocaleString("en-US")],
		[t("wall.calm.open"), live.alarms.open.length.toLocaleString("en-US")],
	];
	return (
		<article className="wall-calm" data-case="calm">
			<p className="wall-calm-title">{t("wall.calm.title")}</p>
			<p className="wall-calm-note">{t("wall.calm.note")}</p>
			<dl>
				{figures.map(([name, value]) => (
					<div key={name}>
						<dt>{name}</dt>
						<dd className="figures">{value}</dd>
					</div>
				))}
			</dl>
		</article>
	);
}

/** Refused: why, and where one signs in. Otherwise it is on its way. */
function NotYet(): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	useChange(live.wire.change);
	const told = live.wire.refused ?? live.catalogueProblem;
	if (told === null) return <p className="wall-calm-wait">{t("wall.calm.waiting")}</p>;
	return (
		<article className="wall-calm" data-case="refused">
			<p className="wall-calm-title">{problemText(t, told)}</p>
			<p>
				<a href="/duty">{t("wall.calm.openDuty")}</a>
			</p>
		</article>
	);
}
