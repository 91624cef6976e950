// The top band of every room of the desk: product, the counts of the four levels (on the desk also the list's filter), search, the
// signs of life at the right (sound, data age, link, server time, who sits here), and below them the rooms.
import { Languages, LogIn, LogOut } from "lucide-react";
import { type ReactElement, type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { numberText } from "../../live/format.ts";
import { isNobody, signOut } from "../../live/session.ts";
import { levelOf } from "../../scene/scene.ts";
import { chosenTheme, setTheme } from "../../style/theme.ts";
import { switchLanguage } from "../../text/text.ts";
import { Doors } from "../doors/Doors.tsx";
import { useChange, useLive } from "../live_context.ts";
import { DeskNav } from "../parts/DeskNav.tsx";
import { IconButton } from "../parts/IconButton.tsx";
import { LevelMark } from "../parts/LevelMark.tsx";
import { SignsOfLife } from "../parts/SignsOfLife.tsx";
import { ReachChip } from "../reach/ReachChip.tsx";
import { PasswordDialog } from "../sign/PasswordDialog.tsx";
import { SearchBox } from "./SearchBox.tsx";
import { Shift } from "./Shift.tsx";
import { SignIn } from "./SignIn.tsx";
import { SoundButton } from "./SoundButton.tsx";
import { isOnDesk, useScene, useSetScene } from "./scene_state.ts";
import "../../style/duty.css";
import "../../style/states.css";
import "../../style/panels.css";

const LEVELS = [4, 3, 2, 1] as const;

setTheme(chosenTheme());

/** `children` stand at the right of the rooms: what a page wants to say in its band. */
export function TopBand({ children }: { readonly children?: ReactNode }): ReactElement {
	const { t } = useTranslation();
	return (
		<header className="band">
			<div className="top">
				<div className="top-name">
					<h1>{t("product")}</h1>
					<span className="top-unit">{t("unit")}</span>
				</div>
				<Doors here="duty" />
				<LevelCounts />
				<SearchBox />
				<div className="top-signs">
					<SoundButton />
					<Shift />
					<Who />
					<SignsOfLife />
				</div>
			</div>
			<div className="band-rooms">
				<DeskNav />
				<div className="band-notes">
					{children}
					<ReachChip />
				</div>
			</div>
		</header>
	);
}

function LevelCounts(): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	const scene = useScene();
	const setScene = useSetScene();
	useChange(live.alarms.change);
	const chosen = levelOf(scene);
	return (
		<section className="counts" aria-label={t("top.alarmCounts")}>
			{LEVELS.map((level) => {
				const count = live.alarms.counts[level] ?? { all: 0, unacknowledged: 0 };
				const isZero = count.all === 0;
				const figure = live.alarms.isLoaded ? numberText(count.all, 0) : "–";
				const note =
					count.unacknowledged > 0 ? t("top.unacknowledged", { count: count.unacknowledged }) : t(`level.${level}`);
				return (
					<button
						key={level}
						type="button"
						className={`count${isZero ? " zero" : ""}`}
						aria-pressed={chosen === level}
						title={t(isOnDesk() ? "top.filterLevel" : "desk.toAlarms", { level: t(`level.${level}`) })}
						data-level={level}
						data-count={count.all}
						onClick={() => setScene({ level: chosen === level ? undefined : String(level) })}
					>
						<LevelMark state={level} size={1.5} />
						<span className="hidden-text">{t(`levelLong.${level}`)}</span>
						<span className="figures count-figure">{figure}</span>
						<span className="count-note">{note}</span>
					</button>
				);
			})}
		</section>
	);
}

function Who(): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	const [isOpen, setOpen] = useState(false);
	useChange(live.wire.change);
	useChange(live.catalogue.change);
	const refused = [live.wire.refused?.problem, live.catalogueProblem?.problem];
	const isUnknown = refused.includes("unauthorized") || refused.includes("must-change");
	useEffect(() => {
		if (isUnknown) setOpen(true);
	}, [isUnknown]);
	const hello = live.wire.hello;
	const role = hello?.roles[0] ?? "viewer";
	const leave = async (): Promise<void> => {
		if ((await signOut()) === null) live.wire.restart();
	};
	return (
		<div className="who">
			{hello === null || isNobody(hello) ? (
				<button type="button" className="button" onClick={() => setOpen(true)} title={t("who.viewer")}>
					<LogIn size="1em" aria-hidden="true" />
					{t("who.signIn")}
				</button>
			) : (
				<>
					<OwnName user={hello.user} role={t(`who.role.${role}`)} />
					<IconButton word={t("who.signOut")} icon={LogOut} onClick={() => void leave().catch(reportError)} />
				</>
			)}
			<IconButton word={t("language.switch")} icon={Languages} onClick={switchLanguage} />
			{isOpen ? <SignIn onClose={() => setOpen(false)} /> : null}
		</div>
	);
}

/** Who sits here; pressed, the own password is changed. The demo's one-click roles have none. */
function OwnName({ user, role }: { readonly user: string; readonly role: string }): ReactElement {
	const { t } = useTranslation();
	const [isOpen, setOpen] = useState(false);
	const words = (
		<>
			{user}
			<span className="quiet">{role}</span>
		</>
	);
	if (user.startsWith("demo-")) return <span className="who-name">{words}</span>;
	return (
		<>
			<button type="button" className="who-name" title={t("people.sign.change")} onClick={() => setOpen(true)}>
				{words}
			</button>
			{isOpen ? <PasswordDialog onClose={() => setOpen(false)} /> : null}
		</>
	);
}
