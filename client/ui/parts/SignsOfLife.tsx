// The signs of life, the same on every page: server time, age of the data, the link, and 演示数据 once per page. None of them is
// an animation: a clock that goes on while the link is dead would say that all is well (C8).
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { SKEW_WARN_MS } from "../../live/clock.ts";
import { ageText, clockText } from "../../live/format.ts";
import { useChange, useLive, useNow } from "../live_context.ts";
import "../../style/signs.css";

/** Readings come every few seconds from any province; after this the age itself is news. */
const OLD_MS = 30_000;

/** `size`: desk in rem, wall by viewing angle. */
export function SignsOfLife({ size = "desk" }: { readonly size?: "desk" | "wall" }): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	const now = useNow();
	useChange(live.link.change);
	useChange(live.wire.change);
	const { state, cause } = live.link;
	const isLost = state === "lost";
	const shown = isLost ? live.clock.lastHeard : now;
	const rowsAt = live.wire.rowsAt;
	const age = rowsAt === 0 || now === 0 ? null : Math.max(0, live.now() - rowsAt);
	const isSkewed = live.clock.isSet && Math.abs(live.clock.skewMs) > SKEW_WARN_MS;
	return (
		<div className={size === "wall" ? "signs signs-wall" : "signs"}>
			<time
				className={`figures clock${isLost ? " dead" : ""}`}
				title={isSkewed ? t("link.skew", { age: ageText(Math.abs(live.clock.skewMs)) }) : t("signs.serverTime")}
			>
				{shown === 0 ? "--:--:--" : clockText(shown)}
			</time>
			<span className={`signs-age${age !== null && age > OLD_MS ? " old" : ""}`}>
				{age === null ? t("top.noData") : t("top.dataAge", { age: ageText(age) })}
			</span>
			<span className={`link ${state}`} title={t("link.badge")} data-link={state}>
				<span className="link-dot" aria-hidden="true" />
				{t(cause === "core" && state !== "live" ? "link.core" : `link.${state}`)}
			</span>
			{live.wire.hello?.demo === true ? <span className="demo">{t("demo")}</span> : null}
		</div>
	);
}
