// Comment and photo from the place itself. A sentence half written stays with the alarm until it is recorded, also over a reload; a
// photo is made small before it goes. Photos that stand in the alarm's log are shown.
import { Camera } from "lucide-react";
import { type ReactElement, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Alarm } from "#model/alarm.ts";
import { isProblem } from "#model/problem.ts";
import { clockText } from "../../live/format.ts";
import { useLogLines } from "../contacts/call_state.ts";
import { useChange, useLive, useMay } from "../live_context.ts";
import { downscaled } from "../parts/downscale.ts";
import { problemText } from "../parts/problem_text.ts";

export function PhoneNotes({ alarm }: { readonly alarm: Alarm }): ReactElement | null {
	const { t } = useTranslation();
	const mayComment = useMay("alarm.comment");
	const mayPhoto = useMay("photo.add");
	return (
		<section className="phone-notes">
			{mayComment && alarm.seq !== null ? <Comment alarm={alarm} /> : null}
			{mayPhoto && alarm.seq !== null ? <Photo alarm={alarm} /> : null}
			<Photos alarm={alarm} />
			{mayComment ? null : <p className="quiet">{t("phone.signIn")}</p>}
		</section>
	);
}

function Comment({ alarm }: { readonly alarm: Alarm }): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	const draft = `liaowang.phone.note.${alarm.id}`;
	const [text, setText] = useState(sessionStorage.getItem(draft) ?? "");
	const [isSent, setSent] = useState(false);
	useChange(live.commands.change);
	const pending = live.commands.of(alarm.id, "comment");
	const isWaiting = pending !== undefined && pending.state !== "failed";
	const write = (next: string): void => {
		setText(next);
		setSent(false);
		sessionStorage.setItem(draft, next);
	};
	const send = async (): Promise<void> => {
		const note = text.trim();
		if (note === "" || isWaiting) return;
		await live.commands.send(alarm, "comment", { note });
		if (live.commands.of(alarm.id, "comment")?.state === "failed") return;
		write("");
		setSent(true);
	};
	return (
		<form
			onSubmit={(event) => {
				event.preventDefault();
				void send().catch(reportError);
			}}
		>
			<label>
				{t("phone.comment")}
				<textarea
					value={text}
					rows={2}
					maxLength={2_000}
					placeholder={t("phone.commentHint")}
					onChange={(event) => write(event.target.value)}
					data-notes
				/>
			</label>
			<button type="submit" className="button" disabled={isWaiting || text.trim() === ""}>
				{t(isWaiting ? "alarms.waiting" : "phone.send")}
			</button>
			<p className="phone-told" role="status">
				{pending?.state === "failed" && pending.problem !== null
					? problemText(t, pending.problem)
					: isSent
						? t("phone.sent")
						: ""}
			</p>
		</form>
	);
}

function Photo({ alarm }: { readonly alarm: Alarm }): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	const field = useId();
	const [told, setTold] = useState("");
	const [isBusy, setBusy] = useState(false);
	const send = async (file: File): Promise<void> => {
		setBusy(true);
		setTold(t("phone.photoSending"));
		const small = await downscaled(file);
		const answer = isProblem(small) ? small : await live.acts.photo(`alarm:${alarm.id}`, small);
		setBusy(false);
		setTold(isProblem(answer) ? problemText(t, answer) : t("phone.photoSent"));
	};
	return (
		<div className="phone-photo">
			<input
				id={field}
				type="file"
				accept="image/*"
				capture="environment"
				className="hidden-text"
				disabled={isBusy}
				onChange={(event) => {
					const file = event.target.files?.[0];
					event.target.value = "";
					if (file !== undefined) void send(file).catch(reportError);
				}}
				data-photo
			/>
			<label htmlFor={field} className="button">
				<Camera size="1.2em" aria-hidden="true" />
				{t("phone.photo")}
			</label>
			<p className="phone-told" role="status">
				{told}
			</p>
		</div>
	);
}

function Photos({ alarm }: { readonly alarm: Alarm }): ReactElement | null {
	const { t } = useTranslation();
	const lines = useLogLines(`alarm:${alarm.id}`).filter(({ kind }) => kind === "photo");
	if (lines.length === 0) return null;
	return (
		<ul className="phone-photos">
			{[...lines].reverse().map((line) => {
				const time = clockText(line.at);
				return (
					<li key={line.n}>
						<a href={`/api/photos/${String(line.detail.photo)}`} target="_blank" rel="noreferrer">
							<img
								src={`/api/photos/${String(line.detail.photo)}`}
								alt={t("phone.photoDone", { time })}
								loading="lazy"
							/>
						</a>
						<span className="quiet figures">
							{time} {line.by}
						</span>
					</li>
				);
			})}
		</ul>
	);
}
