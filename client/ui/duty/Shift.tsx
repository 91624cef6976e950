// Who holds duty now, as the page of the shifts says it: a shift whose hand-over is not signed by both is still on. Said when nobody is.
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useShift } from "./use_shift_people.ts";

export function Shift(): ReactElement | null {
	const { t } = useTranslation();
	const shift = useShift();
	if (shift === undefined) return null;
	if (shift === null)
		return (
			<a className="shift quiet" href="/duty/shifts" data-shift="">
				{t("top.noShift")}
			</a>
		);
	return (
		<div className="shift" title={t("top.shift")} data-shift={shift.name}>
			<span className="quiet">{shift.name}</span>
			<span className="shift-people">{shift.people.join(t("top.and"))}</span>
		</div>
	);
}
