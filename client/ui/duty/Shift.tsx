// Who is on shift now, from the roster that the river shows too; nothing while no shift has been entered.
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useShift } from "./use_shift_people.ts";

export function Shift(): ReactElement | null {
	const { t } = useTranslation();
	const shift = useShift();
	if (shift === null) return null;
	return (
		<div className="shift" title={t("top.shift")}>
			<span className="quiet">{shift.name}</span>
			<span className="shift-people">{shift.people.join(t("top.and"))}</span>
		</div>
	);
}
