// Name and password, and on the first run of a real folder the code that the terminal printed. Used by the dialog and the page.
import type { FormEvent, ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { PASSWORD_MAX } from "#model/password.ts";
import type { Problem } from "#model/problem.ts";
import { isProblem } from "#model/problem.ts";
import { type Entered, setUp, signIn } from "../../live/session.ts";
import { refusalText } from "./refusal.ts";

interface Props {
	readonly isFirst: boolean;
	/** The way in here; else the demo's buttons are. */
	readonly isMain: boolean;
	readonly isBusy: boolean;
	readonly refusal: Problem | null;
	/** The password goes along: one that must be changed is not asked for again. */
	readonly onSubmit: (attempt: Promise<Entered | Problem>, password: string) => void;
	/** null: there is nothing to go back to. */
	readonly onCancel: (() => void) | null;
}

export function Credentials({ isFirst, isMain, isBusy, refusal, onSubmit, onCancel }: Props): ReactElement {
	const { t } = useTranslation();
	const submit = (event: FormEvent<HTMLFormElement>): void => {
		event.preventDefault();
		const data = new FormData(event.currentTarget);
		const text = (name: string): string => String(data.get(name) ?? "").trim();
		const password = String(data.get("password") ?? "");
		const attempt = isFirst ? setUp(text("code"), text("name"), password) : signIn(text("name"), password);
		onSubmit(attempt, password);
	};
	return (
		<form onSubmit={submit} className="form" data-form="sign-in">
			{isFirst ? (
				<>
					<p className="quiet">{t("who.setUpNote")}</p>
					<label>
						<span>{t("who.code")}</span>
						<input name="code" autoComplete="one-time-code" required maxLength={80} />
					</label>
				</>
			) : null}
			<label>
				<span>{t("people.sign.account")}</span>
				<input name="name" autoComplete="username" required maxLength={40} />
			</label>
			<label>
				<span>{t("who.password")}</span>
				<input
					name="password"
					type="password"
					autoComplete={isFirst ? "new-password" : "current-password"}
					required
					maxLength={PASSWORD_MAX}
				/>
			</label>
			{isFirst ? <p className="quiet small">{t("people.sign.rules")}</p> : null}
			{refusal === null ? null : (
				<p className="form-problem" role="alert">
					{refusalText(t, refusal)}
				</p>
			)}
			<div className="form-foot">
				{onCancel === null ? null : (
					<button type="button" className="button" onClick={onCancel}>
						{t("who.cancel")}
					</button>
				)}
				<button type="submit" className={isMain ? "button primary" : "button"} disabled={isBusy}>
					{t(isFirst ? "who.create" : "who.submit")}
				</button>
			</div>
		</form>
	);
}

/** How an attempt to enter stands: what the dialog and the page do alike. */
export async function enter(
	attempt: Promise<Entered | Problem>,
	told: { busy(is: boolean): void; refused(why: Problem | null): void; must(): void; in(entered: Entered): void },
): Promise<void> {
	told.busy(true);
	const answer = await attempt;
	told.busy(false);
	if (isProblem(answer)) told.refused(answer);
	else if (answer.mustChange) told.must();
	else told.in(answer);
}
