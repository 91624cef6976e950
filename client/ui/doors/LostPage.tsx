// What stands where no page is: an address that the product does not have, or a page that could not be fetched or broke before it
// stood. Says which, and where to go on; nobody is left before a blank screen. Asked for by the router.
import { ArrowRight, RotateCw } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { usePageTitle } from "../parts/page_title.ts";
import { SignsOfLife } from "../parts/SignsOfLife.tsx";
import { Veil } from "../parts/Veil.tsx";
import { Doors } from "./Doors.tsx";

/** Where most people wanted to go: the address, and its text key. */
const WAYS = [
	["/", "wall"],
	["/duty", "duty"],
	["/phone", "phone"],
] as const;

/** No page has this address. */
export function LostPage(): ReactElement {
	const { t } = useTranslation();
	return (
		<Frame title={t("doors.lostTitle")} lead={t("doors.lostLead")} detail={decodedPath()}>
			<h2>{t("doors.lostWays")}</h2>
			<ul className="planned-today">
				{WAYS.map(([href, way]) => (
					<li key={href}>
						<a href={href}>
							<ArrowRight size="1em" aria-hidden="true" />
							{t(`doors.lostTo.${way}`)}
						</a>
					</li>
				))}
			</ul>
		</Frame>
	);
}

/** The page is ours and does not stand. */
export function BrokenPage({ error }: { readonly error: unknown }): ReactElement {
	const { t } = useTranslation();
	return (
		<Frame
			title={t("doors.brokenTitle")}
			lead={t("doors.brokenLead")}
			detail={error instanceof Error ? error.message : String(error)}
		>
			<p>
				<button type="button" className="button primary" onClick={() => location.reload()}>
					<RotateCw size="1em" aria-hidden="true" />
					{t("doors.brokenAgain")}
				</button>
			</p>
		</Frame>
	);
}

interface FrameProps {
	readonly title: string;
	readonly lead: string;
	/** The address or the fault, as it is. */
	readonly detail: string;
	readonly children: ReactNode;
}

function Frame({ title, lead, detail, children }: FrameProps): ReactElement {
	const { t } = useTranslation();
	usePageTitle(title);
	return (
		<div className="planned">
			<header className="planned-head">
				<strong className="planned-product">{t("product")}</strong>
				<Doors here={null} />
				<SignsOfLife />
			</header>
			<main className="planned-body" data-lost="">
				<h1>{title}</h1>
				<p className="planned-lead">{lead}</p>
				<p className="planned-detail">{detail}</p>
				{children}
			</main>
			<Veil />
		</div>
	);
}

/** As it was typed; "%E5%A4" and the like stay when they are no text. */
function decodedPath(): string {
	try {
		return decodeURI(location.pathname);
	} catch {
		return location.pathname;
	}
}
