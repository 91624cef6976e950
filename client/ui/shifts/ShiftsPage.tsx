// /duty/shifts: the roster as a week, the shift that holds duty, its hand-over note with both signatures, its log. The page shows what the
// server says and asks it to change; duty passes when the second signature came back, never before.
import { type ReactElement, useState } from "react";
import { useTranslation } from "react-i18next";
import { isProblem } from "#model/problem.ts";
import type { ListedShift, ShiftsAnswer } from "../../live/shifts.ts";
import { useMay, useNow } from "../live_context.ts";
import { placeName } from "../parts/districts.ts";
import { Loading } from "../parts/Loading.tsx";
import { problemText } from "../parts/problem_text.ts";
import { Room, RoomHead } from "../parts/Room.tsx";
import { HandoverCard } from "./HandoverCard.tsx";
import { RotaForm } from "./RotaForm.tsx";
import { ShiftHead } from "./ShiftHead.tsx";
import { ShiftLog } from "./ShiftLog.tsx";
import { useShifts, weekStart } from "./shift_state.ts";
import { WeekTable } from "./WeekTable.tsx";
import "../../style/shift.css";
import "../../style/handover.css";

const WEEK_MS = 7 * 86_400_000;

export function ShiftsPage(): ReactElement {
	const { t } = useTranslation();
	return (
		<Room name="shifts" title={t("shift.title")} scrolls>
			<Everything />
		</Room>
	);
}

function Everything(): ReactElement {
	const { t } = useTranslation();
	const now = useNow();
	const [district, setDistrict] = useState<string | null>(null);
	const [weeks, setWeeks] = useState(0);
	const monday = now === 0 ? 0 : weekStart(now) + weeks * WEEK_MS;
	const answer = useShifts(district, monday);
	if (answer === null) return <Loading word={t("shift.loading")} />;
	if (isProblem(answer))
		return (
			<p className="notice-block" role="alert">
				{problemText(t, answer)}
			</p>
		);
	return (
		<Desk answer={answer} monday={monday} weeks={weeks} onWeeks={setWeeks} onDistrict={(code) => setDistrict(code)} />
	);
}

interface DeskProps {
	readonly answer: ShiftsAnswer;
	readonly monday: number;
	readonly weeks: number;
	onWeeks(weeks: number): void;
	onDistrict(code: string): void;
}

function Desk({ answer, monday, weeks, onWeeks, onDistrict }: DeskProps): ReactElement {
	const { t } = useTranslation();
	const may = useMay("shift.edit");
	const [chosen, setChosen] = useState<string | null>(null);
	const [edits, setEdits] = useState(false);
	const { rota, duty, district } = answer;
	const selected = chosen ?? duty?.holder ?? null;
	return (
		<>
			<RoomHead title={t("shift.title")}>
				<District answer={answer} onDistrict={onDistrict} />
				{may ? null : <span className="quiet">{t("shift.readOnly")}</span>}
				{may && rota !== null && !edits ? (
					<button type="button" className="button room-acts" data-rota onClick={() => setEdits(true)}>
						{t("shift.rota.edit")}
					</button>
				) : null}
			</RoomHead>
			{rota === null || edits ? (
				<RotaForm
					district={district}
					rota={rota}
					may={may}
					{...(rota === null ? {} : { onClose: () => setEdits(false) })}
				/>
			) : null}
			{rota === null || duty === null || selected === null ? null : (
				<div className="shifts-columns">
					<div className="shifts-left">
						<WeekTable
							answer={answer}
							monday={monday}
							weeks={weeks}
							onWeeks={onWeeks}
							selected={selected}
							onSelect={setChosen}
						/>
						<ShiftLog key={selected} id={selected} may={may} />
					</div>
					<div className="shifts-right">
						<Selected answer={answer} id={selected} may={may} />
					</div>
				</div>
			)}
		</>
	);
}

/** A shift of another week than the one shown is known by its hand-over alone. */
function Selected({
	answer,
	id,
	may,
}: {
	readonly answer: ShiftsAnswer;
	readonly id: string;
	readonly may: boolean;
}): ReactElement {
	const shift: ListedShift | undefined = answer.shifts.find((one) => one.id === id);
	return (
		<>
			<ShiftHead answer={answer} id={id} shift={shift ?? null} may={may} />
			<HandoverCard key={id} id={id} may={may} />
		</>
	);
}

function District({ answer, onDistrict }: Pick<DeskProps, "answer" | "onDistrict">): ReactElement {
	const { t } = useTranslation();
	const { districts, district } = answer;
	const codes = [...new Set([district, ...districts])];
	if (codes.length < 2) return <span className="quiet">{placeName(district)}</span>;
	return (
		<label className="quiet">
			{t("shift.district")}
			<select value={district} onChange={(event) => onDistrict(event.target.value)}>
				{codes.map((code) => (
					<option key={code} value={code}>
						{placeName(code)}
					</option>
				))}
			</select>
		</label>
	);
}
