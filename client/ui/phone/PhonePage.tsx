// The desk in a hand, 390 pixels wide: the alarms, worst first, and one alarm with all that can be done from where one stands. Large
// touch targets, no map library, one column. The back key of the telephone leads from the alarm to the list.
import { useNavigate, useSearch } from "@tanstack/react-router";
import { LogIn } from "lucide-react";
import { type ReactElement, useState } from "react";
import { useTranslation } from "react-i18next";
import { isNobody } from "../../live/session.ts";
import { chosenTheme, setTheme } from "../../style/theme.ts";
import { SignIn } from "../duty/SignIn.tsx";
import { useChange, useLive } from "../live_context.ts";
import { Guard } from "../parts/Guard.tsx";
import { usePageTitle } from "../parts/page_title.ts";
import { problemText } from "../parts/problem_text.ts";
import { SignsOfLife } from "../parts/SignsOfLife.tsx";
import { Veil } from "../parts/Veil.tsx";
import { PhoneAlarm } from "./PhoneAlarm.tsx";
import { PhoneList } from "./PhoneList.tsx";
import "../../style/states.css";
import "../../style/phone.css";
import "../../style/phone_alarm.css";

setTheme(chosenTheme());

export function PhonePage(): ReactElement {
	const { t } = useTranslation();
	usePageTitle(t("phone.title"));
	const live = useLive();
	const navigate = useNavigate();
	const { alarm } = useSearch({ strict: false }) as { readonly alarm?: string };
	useChange(live.link.change);
	const open = (id: string): void => void navigate({ to: "/phone", search: { alarm: id } }).catch(reportError);
	const back = (): void => void navigate({ to: "/phone", search: {} }).catch(reportError);
	return (
		<div className={`phone${live.link.state === "lost" ? " old" : ""}`}>
			<Guard name="phone-top">
				<PhoneTop />
			</Guard>
			<Guard name="phone">
				{alarm === undefined ? <PhoneList onOpen={open} /> : <PhoneAlarm key={alarm} id={alarm} onBack={back} />}
			</Guard>
			<Veil />
		</div>
	);
}

function PhoneTop(): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	const [isSigning, setSigning] = useState(false);
	useChange(live.wire.change);
	useChange(live.catalogue.change);
	const { hello } = live.wire;
	const told = live.wire.refused ?? live.catalogueProblem;
	return (
		<header className="phone-top">
			<div className="phone-name">
				<h1>{t("product")}</h1>
				{isNobody(hello) ? null : <span className="quiet">{hello?.user}</span>}
				{hello === null || !isNobody(hello) ? null : (
					<button type="button" className="button" onClick={() => setSigning(true)}>
						<LogIn size="1em" aria-hidden="true" />
						{t("who.signIn")}
					</button>
				)}
			</div>
			<SignsOfLife />
			{told === null ? null : (
				<p className="refused" role="alert">
					{problemText(t, told)}
					{told.problem === "unauthorized" ? (
						<button type="button" className="button" onClick={() => setSigning(true)}>
							{t("who.signIn")}
						</button>
					) : null}
				</p>
			)}
			{isSigning ? <SignIn onClose={() => setSigning(false)} /> : null}
		</header>
	);
}
