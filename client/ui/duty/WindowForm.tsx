// The form of a maintenance window: name, reason, once or every week, and what it concerns. Times are civil times of Asia/Shanghai.
import { type FormEvent, type ReactElement, useState } from "react";
import { useTranslation } from "react-i18next";
import { CITIES, COUNTIES } from "#geodata/liaoning/district_table.ts";
import { isProblem, type Problem } from "#model/problem.ts";
import type { Entry } from "#model/register.ts";
import type { MaintenanceWindow } from "#model/window.ts";
import { fieldText, fieldTime } from "../../live/civil.ts";
import { languageNow } from "../../text/text.ts";
import { useLive } from "../live_context.ts";
import { placeName } from "../parts/districts.ts";
import { FormFoot } from "../parts/FormFoot.tsx";
import { problemText } from "../parts/problem_text.ts";
import { useModal } from "../parts/use_modal.ts";

const HOUR_MS = 3_600_000;
const PLACES = [...CITIES, ...COUNTIES].map(({ code }) => code).sort();
const DAYS = [1, 2, 3, 4, 5, 6, 7] as const;

interface WindowFormProps {
	/** null: a new one. */
	readonly entry: Entry<MaintenanceWindow> | null;
	readonly from: number;
	readonly onClose: () => void;
}

export function WindowForm({ entry, from, onClose }: WindowFormProps): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	const dialog = useModal();
	const [refusal, setRefusal] = useState<Problem | null>(null);
	const [isWeekly, setWeekly] = useState(entry?.body.weekly != null);
	const [isBusy, setBusy] = useState(false);
	const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
		event.preventDefault();
		setBusy(true);
		const wanted = windowOf(new FormData(event.currentTarget), isWeekly);
		const answer = await live.acts.do("window.put", { ...(entry === null ? {} : { id: entry.id }), window: wanted });
		setBusy(false);
		setRefusal(isProblem(answer) ? answer : null);
		if (!isProblem(answer)) dialog.current?.close();
	};
	return (
		<dialog ref={dialog} className="dialog desk-form" aria-labelledby="window-title" onClose={onClose}>
			<h2 id="window-title">{t(entry === null ? "desk.windows.make" : "desk.windows.change")}</h2>
			<form className="stacked" onSubmit={(event) => void submit(event).catch(reportError)}>
				<label>
					<span>{t("desk.windows.name")}</span>
					<input name="name" required maxLength={80} defaultValue={entry?.body.name} />
				</label>
				<label>
					<span>{t("act.reason")}</span>
					<textarea name="reason" rows={2} required maxLength={2_000} defaultValue={entry?.body.reason} />
				</label>
				<Times window={entry?.body ?? null} from={from} isWeekly={isWeekly} onWeekly={setWeekly} />
				<Places window={entry?.body ?? null} />
				<p className="quiet">{t("desk.windows.note")}</p>
				<FormFoot
					refusal={refusal === null ? null : `${problemText(t, refusal)} ${refusal.detail ?? ""}`}
					word={t(isBusy ? "alarms.waiting" : "act.send")}
					isOff={isBusy}
					onCancel={() => dialog.current?.close()}
				/>
			</form>
		</dialog>
	);
}

function windowOf(form: FormData, isWeekly: boolean): MaintenanceWindow {
	const text = (name: string): string => String(form.get(name) ?? "").trim();
	const list = (name: string): string[] => form.getAll(name).map(String).filter(Boolean);
	return {
		name: text("name"),
		reason: text("reason"),
		from: fieldTime(text("from")) ?? Number.NaN,
		to: fieldTime(text("to")) ?? Number.NaN,
		weekly: isWeekly
			? { days: list("days").map(Number), from: text("weeklyFrom"), minutes: Number(text("minutes")) }
			: null,
		districts: list("district"),
		systems: list("system"),
		assets: text("assets")
			.split(/[\s,，]+/)
			.filter(Boolean),
	};
}

interface TimesProps {
	readonly window: MaintenanceWindow | null;
	readonly from: number;
	readonly isWeekly: boolean;
	readonly onWeekly: (isWeekly: boolean) => void;
}

function Times({ window, from, isWeekly, onWeekly }: TimesProps): ReactElement {
	const { t } = useTranslation();
	return (
		<>
			<div className="form-two">
				<label>
					<span>{t("desk.windows.from")}</span>
					<input type="datetime-local" name="from" required defaultValue={fieldText(window?.from ?? from)} />
				</label>
				<label>
					<span>{t("desk.windows.to")}</span>
					<input type="datetime-local" name="to" required defaultValue={fieldText(window?.to ?? from + 4 * HOUR_MS)} />
				</label>
			</div>
			<label className="form-tick">
				<input type="checkbox" checked={isWeekly} onChange={({ target }) => onWeekly(target.checked)} />
				<span>{t("desk.windows.everyWeek")}</span>
			</label>
			{isWeekly ? (
				<>
					<fieldset className="presets">
						<legend>{t("desk.windows.days")}</legend>
						{DAYS.map((day) => (
							<label key={day}>
								<input
									type="checkbox"
									name="days"
									value={day}
									defaultChecked={window?.weekly?.days.includes(day) ?? day === 1}
								/>
								<span>{t(`desk.windows.day.${day}`)}</span>
							</label>
						))}
					</fieldset>
					<div className="form-two">
						<label>
							<span>{t("desk.windows.weeklyFrom")}</span>
							<input type="time" name="weeklyFrom" required defaultValue={window?.weekly?.from ?? "22:00"} />
						</label>
						<label>
							<span>{t("desk.windows.minutes")}</span>
							<input
								type="number"
								name="minutes"
								min={1}
								max={1_440}
								required
								defaultValue={window?.weekly?.minutes ?? 120}
							/>
						</label>
					</div>
				</>
			) : null}
		</>
	);
}

function Places({ window }: { readonly window: MaintenanceWindow | null }): ReactElement {
	const { t } = useTranslation();
	const { catalogue } = useLive();
	return (
		<>
			<div className="form-two">
				<label>
					<span>{t("desk.windows.district")}</span>
					<select name="district" defaultValue={window?.districts[0] ?? ""}>
						<option value="">{t("desk.windows.any")}</option>
						{PLACES.map((code) => (
							<option key={code} value={code}>
								{placeName(code)}
							</option>
						))}
					</select>
				</label>
				<label>
					<span>{t("desk.windows.system")}</span>
					<select name="system" defaultValue={window?.systems[0] ?? ""}>
						<option value="">{t("desk.windows.any")}</option>
						{catalogue.systems.map(({ id, name }) => (
							<option key={id} value={id}>
								{name[languageNow()]}
							</option>
						))}
					</select>
				</label>
			</div>
			<label>
				<span>{t("desk.windows.assets")}</span>
				<input name="assets" defaultValue={window?.assets.join(" ")} maxLength={4_000} />
			</label>
		</>
	);
}
