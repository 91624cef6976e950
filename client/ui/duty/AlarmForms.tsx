// The forms behind 搁置, 转派, 备注, 拍照 and 停用, each in a native dialog: it traps the focus, closes with Escape and needs no library.
// Each sends one command about the occurrence that the person saw and closes when it was taken; a refusal is said where it was
// asked. The alarm itself changes when its event returns.
import { type FormEvent, type ReactElement, useEffect, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Alarm } from "#model/alarm.ts";
import { isProblem, type Problem } from "#model/problem.ts";
import type { Live } from "../../live/live.ts";
import { useLive } from "../live_context.ts";
import { placeName } from "../parts/districts.ts";
import { downscaled } from "../parts/downscale.ts";
import { LevelMark } from "../parts/LevelMark.tsx";
import { problemText } from "../parts/problem_text.ts";
import { useModal } from "../parts/use_modal.ts";
import { useShiftPeople } from "./use_shift_people.ts";

/** `release`: out of the maintenance window that hides it. */
export type DeskAction = "shelve" | "assign" | "comment" | "photo" | "out-of-service" | "release";

interface AlarmFormsProps {
	/** As it stood when the form was asked for: its occurrence is what the command is about. */
	readonly alarm: Alarm;
	readonly action: DeskAction;
	readonly onClose: () => void;
}

/** Presets of a shelf, minutes; the model allows 8 hours at most. */
const SHELF_MINUTES = [15, 30, 60, 120, 240, 480] as const;

export function AlarmForms({ alarm, action, onClose }: AlarmFormsProps): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	const dialog = useModal();
	const titleId = useId();
	const [refusal, setRefusal] = useState<Problem | null>(null);
	const [isBusy, setBusy] = useState(false);
	const submit = async (form: FormData): Promise<void> => {
		setBusy(true);
		const refused = await send(live, alarm, action, form);
		setBusy(false);
		setRefusal(refused);
		if (refused === null) dialog.current?.close();
	};
	const isRefusedAtOnce = action === "shelve" && alarm.severity === 4;
	return (
		<dialog ref={dialog} className="dialog desk-form" aria-labelledby={titleId} onClose={onClose} data-form={action}>
			<h2 id={titleId}>
				<LevelMark state={alarm.severity} size={1.375} hollow={!alarm.active} />
				{t(titleOf(alarm, action))}
			</h2>
			<p className="quiet">
				{placeName(alarm.district)} {alarm.name}
				{alarm.occurrence > 1 ? `　${t("alarms.occurrence", { count: alarm.occurrence })}` : ""}
			</p>
			<form
				className="stacked"
				onSubmit={(event: FormEvent<HTMLFormElement>) => {
					event.preventDefault();
					submit(new FormData(event.currentTarget)).catch(reportError);
				}}
			>
				{isRefusedAtOnce ? <p>{t("desk.form.redNoShelf")}</p> : <Fields alarm={alarm} action={action} />}
				{refusal === null ? null : (
					<p className="form-problem" role="alert">
						{problemText(t, refusal)}
					</p>
				)}
				<div className="form-foot">
					<button type="button" className="button" onClick={() => dialog.current?.close()}>
						{t("who.cancel")}
					</button>
					{isRefusedAtOnce ? null : (
						<button type="submit" className="button primary" disabled={isBusy}>
							{t(isBusy ? "alarms.waiting" : "act.send")}
						</button>
					)}
				</div>
			</form>
		</dialog>
	);
}

function titleOf(alarm: Alarm, action: DeskAction): string {
	if (action === "photo") return "desk.form.photo";
	if (action === "release") return "desk.aside.release";
	if (action === "out-of-service") return alarm.outOfService ? "desk.form.inService" : "desk.form.outOfService";
	return `act.${action}`;
}

/** @returns null when it was taken. */
async function send(live: Live, alarm: Alarm, action: DeskAction, form: FormData): Promise<Problem | null> {
	const text = (name: string): string => String(form.get(name) ?? "").trim();
	const note = text("note");
	if (action === "photo") {
		const file = form.get("photo");
		if (!(file instanceof File) || file.size === 0) return { problem: "no-photo" };
		const small = await downscaled(file);
		if (isProblem(small)) return small;
		const answer = await live.acts.photo(`alarm:${alarm.id}`, small, note);
		return isProblem(answer) ? answer : null;
	}
	if (action === "release") {
		const answer = await live.acts.do("window.release", { alarm: alarm.id, note });
		return isProblem(answer) ? answer : null;
	}
	const body: Record<string, unknown> = note === "" ? {} : { note };
	// A second less than asked: the server counts from when it hears, and refuses more than 8 hours.
	if (action === "shelve") body.until = Math.round(live.now() + Number(text("minutes")) * 60_000 - 1_000);
	if (action === "assign") body.to = text("to") === "" ? null : text("to");
	if (action === "out-of-service") body.on = !alarm.outOfService;
	await live.commands.send(alarm, action, body);
	const pending = live.commands.of(alarm.id, action);
	if (pending?.state !== "failed") return null;
	live.commands.dismiss(alarm.id, action);
	return pending.problem;
}

function Fields({ alarm, action }: { readonly alarm: Alarm; readonly action: DeskAction }): ReactElement {
	const { t } = useTranslation();
	const isNeeded = action !== "assign" && action !== "photo";
	return (
		<>
			{action === "shelve" ? <ShelfTimes /> : null}
			{action === "assign" ? <ToWhom alarm={alarm} /> : null}
			{action === "photo" ? <PhotoField /> : null}
			{action === "out-of-service" ? <p className="quiet">{t("desk.form.serviceNote")}</p> : null}
			{action === "release" ? (
				<p className="quiet">{t("desk.aside.releaseNote", { window: alarm.suppressedBy ?? "" })}</p>
			) : null}
			<label>
				<span>{t(action === "comment" ? "act.comment" : "act.reason")}</span>
				<textarea
					name="note"
					rows={3}
					maxLength={2_000}
					required={isNeeded}
					placeholder={isNeeded && action !== "comment" ? t("act.reasonNeeded") : ""}
				/>
			</label>
		</>
	);
}

function ShelfTimes(): ReactElement {
	const { t } = useTranslation();
	return (
		<fieldset className="presets">
			<legend>{t("act.duration")}</legend>
			{SHELF_MINUTES.map((minutes) => (
				<label key={minutes}>
					<input type="radio" name="minutes" value={minutes} defaultChecked={minutes === 30} />
					<span>
						{minutes < 60 ? t("desk.form.minutes", { count: minutes }) : t("desk.form.hours", { count: minutes / 60 })}
					</span>
				</label>
			))}
			<p className="quiet">{t("desk.form.shelfNote")}</p>
		</fieldset>
	);
}

/** The people of this shift first; anybody else by name. Nobody: it is taken back. */
function ToWhom({ alarm }: { readonly alarm: Alarm }): ReactElement {
	const { t } = useTranslation();
	const people = useShiftPeople();
	const [to, setTo] = useState(alarm.assignedTo ?? "");
	return (
		<div className="to-whom">
			<label>
				<span>{t("act.to")}</span>
				<input name="to" value={to} maxLength={80} autoComplete="off" onChange={({ target }) => setTo(target.value)} />
			</label>
			<div className="presets">
				{people.map((name) => (
					<button key={name} type="button" className="switch" aria-pressed={name === to} onClick={() => setTo(name)}>
						{name}
					</button>
				))}
			</div>
			<p className="quiet">{t(people.length === 0 ? "desk.form.noShift" : "desk.form.assignNote")}</p>
		</div>
	);
}

function PhotoField(): ReactElement {
	const { t } = useTranslation();
	const [shown, setShown] = useState<string | null>(null);
	useEffect(
		() => () => {
			if (shown !== null) URL.revokeObjectURL(shown);
		},
		[shown],
	);
	return (
		<label>
			<span>{t("desk.form.photoFile")}</span>
			<input
				type="file"
				name="photo"
				accept="image/jpeg,image/png,image/webp"
				required
				onChange={({ target }) => {
					const file = target.files?.[0];
					setShown(file === undefined ? null : URL.createObjectURL(file));
				}}
			/>
			{shown === null ? null : <img className="photo-shown" src={shown} alt={t("desk.form.photo")} />}
		</label>
	);
}
