// The four doors of the product, on every page at the same place: wall, desk, planner, policy. Plain links, reached by the
// keyboard; the page one is on is named as such.
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useShut } from "../live_context.ts";
import "../../style/doors.css";

const DOORS = [
	["wall", "/"],
	["duty", "/duty"],
	["plan", "/plan"],
	["policy", "/policy"],
] as const;

type Door = (typeof DOORS)[number][0];

export function Doors({ here }: { readonly here: Door | null }): ReactElement {
	const { t } = useTranslation();
	// Who sees own sites alone has one door: the others would be refused behind it.
	const isShut = useShut("read");
	const doors = isShut ? DOORS.filter(([door]) => door === "duty") : DOORS;
	return (
		<nav className="doors" aria-label={t("doors.title")}>
			{doors.map(([door, href]) => (
				<a key={door} href={href} data-door={door} aria-current={door === here ? "page" : undefined}>
					{t(`doors.${door}`)}
				</a>
			))}
		</nav>
	);
}
