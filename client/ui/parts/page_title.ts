// The name of a page in the tab, in the history and on the file that a printer makes of it. Every page gives its own; live/notify.ts
// alone writes it, with the count before it. On paper there is no count: it would be wrong tomorrow.
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useLive } from "../live_context.ts";

/** `name`: "班次"; the product is added. */
export function usePageTitle(name: string): void {
	const { t } = useTranslation();
	const live = useLive();
	const title = `${name} · ${t("product")}`;
	useEffect(() => live.notify.entitle(title), [live, title]);
	useEffect(() => {
		const toPaper = (): void => live.notify.print(true);
		const back = (): void => live.notify.print(false);
		window.addEventListener("beforeprint", toPaper);
		window.addEventListener("afterprint", back);
		return () => {
			window.removeEventListener("beforeprint", toPaper);
			window.removeEventListener("afterprint", back);
		};
	}, [live]);
}
