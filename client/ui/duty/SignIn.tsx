// Signing in: one click as duty officer in the demo, name and password otherwise, and on the first run of a real folder the
// code that makes the first administrator. A native dialog: it traps the focus, closes with Escape and needs no library.
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, type ReactElement, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { isProblem, type Problem } from "#model/problem.ts";
import { askSession } from "../../live/history.ts";
import { setUp, signIn, signInDemo } from "../../live/session.ts";
import { useLive } from "../live_context.ts";
import { problemText } from "../parts/problem_text.ts";

export function SignIn({ onClose }: { readonly onClose: () => void }): ReactElement {
	const live = useLive();
	const { t } = useTranslation();
	const dialog = useRef<HTMLDialogElement>(null);
	const [refusal, setRefusal] = useState<Problem | null>(null);
	const [isBusy, setBusy] = useState(false);
	const signs = useQuery({ queryKey: ["session"], queryFn: ({ signal }) => askSession(signal), staleTime: 0 });
	const known = signs.data === undefined || isProblem(signs.data) ? null : signs.data;

	useEffect(() => dialog.current?.showModal(), []);

	const enter = async (attempt: Promise<Problem | null>): Promise<void> => {
		setBusy(true);
		const refused = await attempt;
		setBusy(false);
		setRefusal(refused);
		if (refused !== null) return;
		live.wire.restart();
		onClose();
	};
	const isFirst = known?.setUp === true;
	const submit = (form: FormData): void => {
		const text = (name: string): string => String(form.get(name) ?? "").trim();
		const password = String(form.get("password") ?? "");
		const attempt = isFirst ? setUp(text("code"), text("name"), password) : signIn(text("name"), password);
		enter(attempt).catch(reportError);
	};
	return (
		<dialog ref={dialog} className="dialog" aria-labelledby="sign-in-title" onClose={onClose}>
			<h2 id="sign-in-title">{t(isFirst ? "who.setUp" : "who.title")}</h2>
			{known?.demoSignIn === true ? (
				<DemoEntry isBusy={isBusy} onEnter={() => void enter(signInDemo("duty")).catch(reportError)} />
			) : null}
			<Credentials
				isFirst={isFirst}
				isMain={known?.demoSignIn !== true}
				isBusy={isBusy}
				refusal={refusal}
				onSubmit={submit}
				onClose={onClose}
			/>
		</dialog>
	);
}

function DemoEntry({ isBusy, onEnter }: { readonly isBusy: boolean; readonly onEnter: () => void }): ReactElement {
	const { t } = useTranslation();
	const button = useRef<HTMLButtonElement>(null);
	useEffect(() => button.current?.focus(), []);
	return (
		<>
			<button ref={button} type="button" className="button primary wide" disabled={isBusy} onClick={onEnter}>
				{t("who.demoDuty")}
			</button>
			<p className="quiet">{t("who.demoNote")}</p>
			<p className="divider">{t("who.or")}</p>
		</>
	);
}

interface CredentialsProps {
	readonly isFirst: boolean;
	readonly isMain: boolean;
	readonly isBusy: boolean;
	readonly refusal: Problem | null;
	readonly onSubmit: (form: FormData) => void;
	readonly onClose: () => void;
}

function Credentials({ isFirst, isMain, isBusy, refusal, onSubmit, onClose }: CredentialsProps): ReactElement {
	const { t } = useTranslation();
	const submit = (event: FormEvent<HTMLFormElement>): void => {
		event.preventDefault();
		onSubmit(new FormData(event.currentTarget));
	};
	return (
		<form onSubmit={submit} className="form">
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
				<span>{t("who.name")}</span>
				<input name="name" autoComplete="username" required maxLength={40} />
			</label>
			<label>
				<span>{t("who.password")}</span>
				<input
					name="password"
					type="password"
					autoComplete={isFirst ? "new-password" : "current-password"}
					required
					maxLength={200}
				/>
			</label>
			{refusal === null ? null : (
				<p className="form-problem" role="alert">
					{problemText(t, refusal)}
				</p>
			)}
			<div className="form-foot">
				<button type="button" className="button" onClick={onClose}>
					{t("who.cancel")}
				</button>
				<button type="submit" className={isMain ? "button primary" : "button"} disabled={isBusy}>
					{t(isFirst ? "who.create" : "who.submit")}
				</button>
			</div>
		</form>
	);
}
