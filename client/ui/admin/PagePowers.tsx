// What a browser gives only to a page over HTTPS or on this very machine, and whether this page has it now.
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

const POWERS = [
	["notification", () => "Notification" in window],
	["geolocation", () => "geolocation" in navigator],
	["wakeLock", () => "wakeLock" in navigator],
	["clipboard", () => navigator.clipboard !== undefined],
] as const;

export function PagePowers(): ReactElement {
	const { t } = useTranslation();
	const isSecure = window.isSecureContext;
	return (
		<section className="admin-powers" data-secure={isSecure}>
			<p className={isSecure ? undefined : "admin-bad"}>
				{t(isSecure ? "people.page.secure" : "people.page.insecure")}
			</p>
			<ul>
				{POWERS.map(([power, has]) => {
					const isThere = isSecure && has();
					return (
						<li key={power} data-power={power} data-there={isThere}>
							<span className={isThere ? "admin-good" : "admin-bad"}>
								{t(isThere ? "people.page.yes" : "people.page.no")}
							</span>
							{t(`people.page.${power}`)}
						</li>
					);
				})}
			</ul>
		</section>
	);
}
