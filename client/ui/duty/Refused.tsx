// Two bars under the band of every room: why the server does not serve this page, and what it thinned for this screen.
import { type ReactElement, useState } from "react";
import { useTranslation } from "react-i18next";
import { useChange, useLive } from "../live_context.ts";
import { problemText } from "../parts/problem_text.ts";

/** Why the server does not serve this page: said, with what to do. */
export function Refused(): ReactElement | null {
	const { t } = useTranslation();
	const live = useLive();
	useChange(live.wire.change);
	useChange(live.catalogue.change);
	const told = live.wire.refused ?? live.catalogueProblem;
	if (told === null) return null;
	return (
		<p className="refused" role="alert">
			{problemText(t, told)}
			{told.detail === undefined ? null : <span className="quiet">　{told.detail}</span>}
		</p>
	);
}

/** Whatever the server thinned for this screen is said until the person has read it. */
export function Thinned(): ReactElement | null {
	const { t } = useTranslation();
	const live = useLive();
	const [read, setRead] = useState(0);
	useChange(live.second);
	const newest = live.thinned.at(-1);
	if (newest === undefined || live.thinnedCount <= read) return null;
	return (
		<p className="refused" role="status">
			{t("layers.thinned")}
			<span className="quiet">{newest.detail}</span>
			<button type="button" className="button" onClick={() => setRead(live.thinnedCount)}>
				{t("asset.close")}
			</button>
		</p>
	);
}
