// One's own password, changed when one wants to: the person's other sessions end, this page goes on.
import { type ReactElement, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLive } from "../live_context.ts";
import { useModal } from "../parts/use_modal.ts";
import { PasswordForm } from "./PasswordForm.tsx";

export function PasswordDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	const dialog = useModal();
	const [isDone, setDone] = useState(false);
	const done = (): void => {
		// The socket had the old cookie.
		live.wire.restart();
		setDone(true);
	};
	return (
		<dialog ref={dialog} className="dialog" aria-labelledby="password-title" onClose={onClose}>
			<h2 id="password-title">{t("people.sign.change")}</h2>
			{isDone ? (
				<>
					<p role="status">{t("people.sign.changed")}</p>
					<div className="form-foot">
						<button type="button" className="button primary" onClick={onClose}>
							{t("people.imported.close")}
						</button>
					</div>
				</>
			) : (
				<PasswordForm old={null} isForced={false} onDone={done} onCancel={onClose} cancelText={t("who.cancel")} />
			)}
		</dialog>
	);
}
