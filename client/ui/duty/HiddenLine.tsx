// What the list does not show, in one line: how many, the worst of them in its colour, how many nobody has seen, and the button that
// shows them. Reds that stand on top against the filter are named as such.
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { LevelMark } from "../parts/LevelMark.tsx";
import { NO_FILTERS } from "./FilterBar.tsx";
import type { ListPicture } from "./list_lines.ts";
import { useScene, useSetScene } from "./scene_state.ts";

export function HiddenLine({ picture }: { readonly picture: ListPicture }): ReactElement | null {
	const { t } = useTranslation();
	const scene = useScene();
	const setScene = useSetScene();
	const { hidden, outside } = picture;
	if (hidden.count === 0 && outside === 0) return null;
	const isAllQuiet = hidden.count === hidden.quiet;
	return (
		<div className="hidden-line" data-hidden={hidden.count}>
			{hidden.count === 0 ? null : (
				<>
					<LevelMark state={hidden.worst} size={1} />
					<span>{t(isAllQuiet ? "desk.hidden.quiet" : "desk.hidden.filtered", { count: hidden.count })}</span>
					<span className={`ink-${hidden.worst}`}>
						{t("desk.hidden.worst", { level: t(`levelLong.${hidden.worst}`) })}
						{hidden.unacknowledged === 0 ? "" : t("desk.hidden.unacknowledged", { count: hidden.unacknowledged })}
					</span>
				</>
			)}
			{outside === 0 ? null : <strong className="ink-4">{t("desk.hidden.outside", { count: outside })}</strong>}
			<span className="hidden-acts">
				{hidden.quiet === 0 || isAllQuiet ? null : (
					<button type="button" onClick={() => setScene({ panel: "aside" })}>
						{t("desk.hidden.aside", { count: hidden.quiet })}
					</button>
				)}
				<button
					type="button"
					data-show-hidden
					onClick={() => setScene(isAllQuiet && scene.quiet === undefined ? { quiet: "1" } : NO_FILTERS)}
				>
					{t("top.showHidden")}
				</button>
			</span>
		</div>
	);
}
