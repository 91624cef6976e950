// /admin: people (who may do what where, import from a sheet), the audit log with its chain, and what this page needs HTTPS for. Each
// part stands only for whom its right allows; the server decides again.
import { type ReactElement, useState } from "react";
import { useTranslation } from "react-i18next";
import { useChange, useLive, useMay } from "../live_context.ts";
import { Room, RoomHead } from "../parts/Room.tsx";
import { AuditLog } from "./AuditLog.tsx";
import { PagePowers } from "./PagePowers.tsx";
import { PeopleList } from "./PeopleList.tsx";
import "../../style/admin.css";

const TABS = ["people", "audit", "page"] as const;
type Tab = (typeof TABS)[number];

export function AdminPage(): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	useChange(live.wire.change);
	const may = { people: useMay("people.edit"), audit: useMay("audit.read"), page: true };
	const open = TABS.filter((tab) => may[tab]);
	const [chosen, setChosen] = useState<Tab>("people");
	const tab = open.includes(chosen) ? chosen : (open[0] ?? "page");
	return (
		<Room name="admin" title={t("people.title")}>
			<RoomHead title={t("people.title")}>
				<div className="admin-tabs">
					{open.map((one) => (
						<button
							key={one}
							type="button"
							className="button"
							aria-pressed={tab === one}
							onClick={() => setChosen(one)}
						>
							{t(`people.tabs.${one}`)}
						</button>
					))}
				</div>
			</RoomHead>
			{may.people || may.audit || live.wire.hello === null ? null : <p className="quiet">{t("people.mayNot")}</p>}
			{tab === "people" ? <PeopleList /> : tab === "audit" ? <AuditLog /> : <PagePowers />}
		</Room>
	);
}
