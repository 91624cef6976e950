// The page in front of a real folder: everybody who is not signed in begins here and goes on to the page of their work and city.
// In the demo it offers the roles; a password that must be changed is changed here.
import { useQuery } from "@tanstack/react-query";
import { type ReactElement, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { isProblem, type Problem } from "#model/problem.ts";
import { askSession } from "../../live/history.ts";
import { type DemoRole, type Entered, signInDemo, signOut } from "../../live/session.ts";
import { chosenTheme, setTheme } from "../../style/theme.ts";
import { switchLanguage } from "../../text/text.ts";
import { usePageTitle } from "../parts/page_title.ts";
import { problemText } from "../parts/problem_text.ts";
import { Credentials, enter } from "./Credentials.tsx";
import { PasswordForm } from "./PasswordForm.tsx";
import "../../style/states.css";
import "../../style/sign.css";

const DEMO_ROLES: readonly DemoRole[] = ["duty", "lead", "planner", "administrator"];

setTheme(chosenTheme());

export function SignInPage(): ReactElement {
	const { t } = useTranslation();
	usePageTitle(t("who.signIn"));
	const [refusal, setRefusal] = useState<Problem | null>(null);
	const [isBusy, setBusy] = useState(false);
	const [old, setOld] = useState<string | null>(null);
	const signs = useQuery({ queryKey: ["session"], queryFn: ({ signal }) => askSession(signal), staleTime: 0 });
	const known = signs.data === undefined || isProblem(signs.data) ? null : signs.data;
	const isIn = known !== null && known.user !== null && !known.demoSignIn;
	// The server knows where everybody begins.
	const goOn = ({ home }: Entered): void => location.replace(known?.demoSignIn === true ? home : "/");
	useEffect(() => {
		if (isIn) location.replace("/");
	}, [isIn]);
	const attempt = (asked: Promise<Entered | Problem>, password: string): void => {
		const told = { busy: setBusy, refused: setRefusal, must: () => setOld(password), in: goOn };
		enter(asked, told).catch(reportError);
	};
	const leave = async (): Promise<void> => {
		await signOut();
		setOld(null);
		await signs.refetch();
	};
	const isFirst = known?.setUp === true;
	const isForced = old !== null || known?.mustChange === true;
	return (
		<main className="sign-page">
			<header className="sign-head">
				<h1>{t("product")}</h1>
				<p>{t("people.sign.lead")}</p>
			</header>
			<section className="sign-card" aria-labelledby="sign-title">
				<h2 id="sign-title">
					{t(isForced ? "people.sign.mustTitle" : isFirst ? "people.sign.first" : "people.sign.title")}
				</h2>
				{signs.data !== undefined && isProblem(signs.data) ? (
					<p className="form-problem" role="alert">
						{problemText(t, signs.data)}
					</p>
				) : null}
				{isForced ? (
					<PasswordForm
						old={old}
						isForced
						onDone={goOn}
						onCancel={() => void leave().catch(reportError)}
						cancelText={t("people.sign.other")}
					/>
				) : (
					<Credentials isFirst={isFirst} isMain isBusy={isBusy} refusal={refusal} onSubmit={attempt} onCancel={null} />
				)}
				{known?.demoSignIn === true && !isForced ? (
					<div className="sign-demo">
						<p className="quiet">{t("people.sign.demo")}</p>
						{DEMO_ROLES.map((role) => (
							<button
								key={role}
								type="button"
								className="button"
								disabled={isBusy}
								onClick={() => attempt(signInDemo(role), "")}
							>
								{t(`who.role.${role}`)}
							</button>
						))}
					</div>
				) : null}
			</section>
			<button type="button" className="button sign-language" onClick={switchLanguage}>
				{t("language.switch")}
			</button>
		</main>
	);
}
