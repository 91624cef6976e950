// Setting a password of one's own: asked for at the first sign-in, after a reset, after ninety days, or when a person wants it.
import { type FormEvent, type ReactElement, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { PASSWORD_MAX } from "#model/password.ts";
import { isProblem } from "#model/problem.ts";
import { changePassword, type Entered } from "../../live/session.ts";
import { FormFoot } from "../parts/FormFoot.tsx";
import { refusalText } from "./refusal.ts";

interface Props {
	/** The password just used to sign in, so that nobody types it twice; null: it is asked for. */
	readonly old: string | null;
	/** Nothing else is open until it is done. */
	readonly isForced: boolean;
	readonly onDone: (entered: Entered) => void;
	readonly onCancel: () => void;
	readonly cancelText: string;
}

export function PasswordForm({ old, isForced, onDone, onCancel, cancelText }: Props): ReactElement {
	const { t } = useTranslation();
	const form = useRef<HTMLFormElement>(null);
	const [refusal, setRefusal] = useState<string | null>(null);
	const [isBusy, setBusy] = useState(false);
	useEffect(() => form.current?.querySelector("input")?.focus(), []);
	const send = async (data: FormData): Promise<void> => {
		const text = (name: string): string => String(data.get(name) ?? "");
		if (text("next") !== text("again")) {
			setRefusal(t("people.sign.differs"));
			return;
		}
		setBusy(true);
		const answer = await changePassword(old ?? text("old"), text("next"));
		setBusy(false);
		if (isProblem(answer)) setRefusal(refusalText(t, answer));
		else onDone(answer);
	};
	const submit = (event: FormEvent<HTMLFormElement>): void => {
		event.preventDefault();
		send(new FormData(event.currentTarget)).catch(reportError);
	};
	return (
		<form ref={form} onSubmit={submit} className="form" data-form="password">
			{isForced ? <p className="quiet">{t("people.sign.mustNote")}</p> : null}
			{old === null ? <Field name="old" label={t("people.sign.old")} complete="current-password" /> : null}
			<Field name="next" label={t("people.sign.next")} complete="new-password" />
			<Field name="again" label={t("people.sign.again")} complete="new-password" />
			<p className="quiet small">{t("people.sign.rules")}</p>
			<FormFoot
				refusal={refusal}
				word={t("people.sign.set")}
				isOff={isBusy}
				onCancel={onCancel}
				cancelWord={cancelText}
			/>
		</form>
	);
}

function Field(props: { readonly name: string; readonly label: string; readonly complete: string }): ReactElement {
	return (
		<label>
			<span>{props.label}</span>
			<input name={props.name} type="password" autoComplete={props.complete} required maxLength={PASSWORD_MAX} />
		</label>
	);
}
