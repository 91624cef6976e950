// Signing in: one click as duty officer in the demo, name and password otherwise. A native dialog: it traps the focus,
// closes with Escape and needs no library.
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, type ReactElement, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { isProblem, type Problem } from "#model/problem.ts";
import { askSession } from "../../live/history.ts";
import { signIn, signInDemo } from "../../live/session.ts";
import { useLive } from "../live_context.ts";
import { problemText } from "../parts/problem_text.ts";

export function SignIn({ onClose }: { readonly onClose: () => void }): ReactElement {
	const live = useLive();
	const { t } = useTranslation();
	const dialog = useRef<HTMLDialogElement>(null);
	const [refusal, setRefusal] = useState<Problem | null>(null);
	const [isBusy, setBusy] = useState(false);
	const signs = useQuery({ queryKey: ["session"], queryFn: ({ signal }) => askSession(signal), staleTime: 0 });
	const isDemo = signs.data !== undefined && !isProblem(signs.data) && signs.data.demoSignIn;

	useEffect(() => dialog.current?.showModal(), []);
	const quick = useRef<HTMLButtonElement>(null);
	useEffect(() => {
		if (isDemo) quick.current?.focus();
	}, [isDemo]);

	const enter = async (attempt: Promise<Problem | null>): Promise<void> => {
		setBusy(true);
		const refused = await attempt;
		setBusy(false);
		setRefusal(refused);
		if (refused !== null) return;
		live.wire.restart();
		onClose();
	};
	const submit = (event: FormEvent<HTMLFormElement>): void => {
		event.preventDefault();
		const form = new FormData(event.currentTarget);
		enter(signIn(String(form.get("name")), String(form.get("password")))).catch(reportError);
	};
	return (
		<dialog ref={dialog} className="dialog" aria-labelledby="sign-in-title" onClose={onClose}>
			<h2 id="sign-in-title">{t("who.title")}</h2>
			{isDemo ? (
				<>
					<button
						type="button"
						ref={quick}
						className="button primary wide"
						disabled={isBusy}
						onClick={() => void enter(signInDemo("duty")).catch(reportError)}
					>
						{t("who.demoDuty")}
					</button>
					<p className="quiet">{t("who.demoNote")}</p>
					<p className="divider">{t("who.or")}</p>
				</>
			) : null}
			<form onSubmit={submit} className="form">
				<label>
					<span>{t("who.name")}</span>
					<input name="name" autoComplete="username" required maxLength={80} />
				</label>
				<label>
					<span>{t("who.password")}</span>
					<input name="password" type="password" autoComplete="current-password" required maxLength={200} />
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
					<button type="submit" className={isDemo ? "button" : "button primary"} disabled={isBusy}>
						{t("who.submit")}
					</button>
				</div>
			</form>
		</dialog>
	);
}
