// The top band: product, the counts of the four levels (also the list's filter), what filters hide, and the signs of life at
// the right: sound, data age, link, server time, who sits here.
import { Languages, LogIn, LogOut } from "lucide-react";
import { type ReactElement, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { SKEW_WARN_MS } from "../../live/clock.ts";
import { ageText, clockText } from "../../live/format.ts";
import { signOut } from "../../live/session.ts";
import { levelOf } from "../../scene/scene.ts";
import { switchLanguage } from "../../text/text.ts";
import { useChange, useLive, useNow } from "../live_context.ts";
import { LevelMark } from "../parts/LevelMark.tsx";
import { SearchBox } from "./SearchBox.tsx";
import { SignIn } from "./SignIn.tsx";
import { SoundButton } from "./SoundButton.tsx";
import { useScene, useSetScene } from "./scene_state.ts";

const LEVELS = [4, 3, 2, 1] as const;

export function TopBand(): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	useChange(live.wire.change);
	return (
		<header className="top">
			<div className="top-name">
				<h1>{t("product")}</h1>
				<span className="top-unit">{t("unit")}</span>
				{live.wire.hello?.demo === true ? <span className="tag demo">{t("demo")}</span> : null}
			</div>
			<LevelCounts />
			<SearchBox />
			<div className="top-signs">
				<SoundButton />
				<Signs />
				<Who />
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
				const figure = live.alarms.isLoaded ? String(count.all) : "–";
				const note =
					count.unacknowledged > 0 ? t("top.unacknowledged", { count: count.unacknowledged }) : t(`level.${level}`);
				return (
					<button
						key={level}
						type="button"
						className={`count${isZero ? " zero" : ""}`}
						aria-pressed={chosen === level}
						title={t("top.filterLevel", { level: t(`level.${level}`) })}
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

function Signs(): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	const now = useNow();
	useChange(live.link.change);
	const { state, cause } = live.link;
	const isLost = state === "lost";
	// C8: a clock that goes on while the link is dead would say that all is well.
	const shown = isLost ? live.clock.lastHeard : now;
	const rowsAt = live.wire.rowsAt;
	const isSkewed = live.clock.isSet && Math.abs(live.clock.skewMs) > SKEW_WARN_MS;
	return (
		<div className="signs">
			<span className={`link ${state}`} title={t("link.badge")} data-link={state}>
				<span className="link-dot" aria-hidden="true" />
				{t(cause === "core" && state !== "live" ? "link.core" : `link.${state}`)}
			</span>
			<span className="signs-age">
				{rowsAt === 0 ? t("top.noData") : t("top.dataAge", { age: ageText((isLost ? live.now() : now) - rowsAt) })}
			</span>
			<time
				className={`figures clock${isLost ? " dead" : ""}`}
				title={isSkewed ? t("link.skew", { age: ageText(Math.abs(live.clock.skewMs)) }) : undefined}
			>
				{shown === 0 ? "--:--:--" : clockText(shown)}
			</time>
		</div>
	);
}

function Who(): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	const [isOpen, setOpen] = useState(false);
	useChange(live.wire.change);
	useChange(live.catalogue.change);
	const isUnknown = live.wire.refused?.problem === "unauthorized" || live.catalogueProblem?.problem === "unauthorized";
	useEffect(() => {
		if (isUnknown) setOpen(true);
	}, [isUnknown]);
	const hello = live.wire.hello;
	const role = hello?.roles[0] ?? "viewer";
	const isViewer = hello === null || hello.roles.every((one) => one === "viewer");
	const leave = async (): Promise<void> => {
		if ((await signOut()) === null) live.wire.restart();
	};
	return (
		<div className="who">
			{isViewer ? (
				<button type="button" className="button" onClick={() => setOpen(true)} title={t("who.viewer")}>
					<LogIn size="1em" aria-hidden="true" />
					{t("who.signIn")}
				</button>
			) : (
				<>
					<span className="who-name">
						{hello.user}
						<span className="quiet">{t(`who.role.${role}`)}</span>
					</span>
					<button
						type="button"
						className="icon-button"
						aria-label={t("who.signOut")}
						title={t("who.signOut")}
						onClick={() => void leave().catch(reportError)}
					>
						<LogOut size="1.05em" aria-hidden="true" />
					</button>
				</>
			)}
			<button
				type="button"
				className="icon-button"
				aria-label={t("language.switch")}
				title={t("language.switch")}
				onClick={switchLanguage}
			>
				<Languages size="1.1em" aria-hidden="true" />
			</button>
			{isOpen ? <SignIn onClose={() => setOpen(false)} /> : null}
		</div>
	);
}
