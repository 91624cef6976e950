// Signing in without leaving the page: one click as duty officer in the demo, name and password otherwise, the first administrator of
// a real folder, and a password of one's own where it must be set. A native dialog: it traps the focus and closes with Escape.
import { useQuery } from "@tanstack/react-query";
import { type ReactElement, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { isProblem, type Problem } from "#model/problem.ts";
import { askSession } from "../../live/history.ts";
import { type Entered, signInDemo, signOut } from "../../live/session.ts";
import { useLive } from "../live_context.ts";
import { useModal } from "../parts/use_modal.ts";
import { Credentials, enter } from "../sign/Credentials.tsx";
import { PasswordForm } from "../sign/PasswordForm.tsx";

export function SignIn({ onClose }: { readonly onClose: () => void }): ReactElement {
	const live = useLive();
	const { t } = useTranslation();
	const dialog = useModal();
	const [refusal, setRefusal] = useState<Problem | null>(null);
	const [isBusy, setBusy] = useState(false);
	/** The password just used, when it must be changed. */
	const [old, setOld] = useState<string | null>(null);
	const signs = useQuery({ queryKey: ["session"], queryFn: ({ signal }) => askSession(signal), staleTime: 0 });
	const known = signs.data === undefined || isProblem(signs.data) ? null : signs.data;

	const done = (): void => {
		live.wire.restart();
		onClose();
	};
	const attempt = (asked: Promise<Entered | Problem>, password: string): void => {
		const told = { busy: setBusy, refused: setRefusal, must: () => setOld(password), in: done };
		enter(asked, told).catch(reportError);
	};
	const isForced = old !== null || known?.mustChange === true;
	const isFirst = known?.setUp === true;
	const leave = async (): Promise<void> => {
		await signOut();
		setOld(null);
		await signs.refetch();
	};
	return (
		<dialog ref={dialog} className="dialog" aria-labelledby="sign-in-title" onClose={onClose}>
			<h2 id="sign-in-title">{t(isForced ? "people.sign.mustTitle" : isFirst ? "who.setUp" : "who.title")}</h2>
			{isForced ? (
				<PasswordForm
					old={old}
					isForced
					onDone={done}
					onCancel={() => void leave().catch(reportError)}
					cancelText={t("people.sign.other")}
				/>
			) : (
				<>
					{known?.demoSignIn === true ? (
						<DemoEntry isBusy={isBusy} onEnter={() => attempt(signInDemo("duty"), "")} />
					) : null}
					<Credentials
						isFirst={isFirst}
						isMain={known?.demoSignIn !== true}
						isBusy={isBusy}
						refusal={refusal}
						onSubmit={attempt}
						onCancel={onClose}
					/>
				</>
			)}
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
