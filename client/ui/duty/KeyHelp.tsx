// The keys of the desk in a dialog: everything that can be done can be done by keyboard alone.
import { type ReactElement, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";

const KEYS = [
	["j k", "move"],
	["Enter", "open"],
	["a a", "acknowledge"],
	["x", "choose"],
	["Shift x", "range"],
	["Ctrl A", "all"],
	["Shift A A", "acknowledgeAll"],
	["Esc", "letGo"],
	["s", "shelve"],
	["t", "assign"],
	["c", "comment"],
	["p", "photo"],
	["u", "outOfService"],
	["i i", "incident"],
	["/", "find"],
	["g 1 … 8", "rooms"],
	["?", "help"],
] as const;

export function KeyHelp({ onClose }: { readonly onClose: () => void }): ReactElement {
	const { t } = useTranslation();
	const dialog = useRef<HTMLDialogElement>(null);
	useEffect(() => dialog.current?.showModal(), []);
	return (
		<dialog ref={dialog} className="dialog" aria-labelledby="keys-title" onClose={onClose}>
			<h2 id="keys-title">{t("desk.keys.title")}</h2>
			<dl className="keys">
				{KEYS.map(([keys, word]) => (
					<div key={keys}>
						<dt>
							{keys.split(" ").map((key, i) => (
								// biome-ignore lint/suspicious/noArrayIndexKey: a key pressed twice stands twice
								<kbd key={i}>{key}</kbd>
							))}
						</dt>
						<dd>{t(`desk.keys.${word}`)}</dd>
					</div>
				))}
			</dl>
			<div className="form-foot">
				<button type="button" className="button" onClick={() => dialog.current?.close()}>
					{t("asset.close")}
				</button>
			</div>
		</dialog>
	);
}
