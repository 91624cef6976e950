// What is put aside, in one list with its reason and its end: shelved by people, suppressed by a maintenance window, out of service.
// And the windows themselves, with their calendar. Stands over the map, opened from the band.
import { X } from "lucide-react";
import { type ReactElement, useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { MaintenanceWindow } from "#model/window.ts";
import { useChange, useEntries, useLive, useNow, useShut } from "../live_context.ts";
import { IconButton } from "../parts/IconButton.tsx";
import { AsideList } from "./AsideList.tsx";
import { isQuiet } from "./list_filter.ts";
import { useScene, useSetScene } from "./scene_state.ts";
import { WindowsPanel } from "./WindowsPanel.tsx";
import "../../style/aside.css";

const TABS = ["aside", "windows"] as const;

export function AsidePanel(): ReactElement {
	const { t } = useTranslation();
	const scene = useScene();
	const setScene = useSetScene();
	const counts = useAsideCounts();
	const tabs = useTabs();
	const tab = tabs.find((one) => one === scene.panel) ?? "aside";
	useEffect(() => {
		const onKey = (event: KeyboardEvent): void => {
			if (event.key === "Escape" && document.querySelector("dialog[open]") === null) setScene({ panel: undefined });
		};
		window.addEventListener("keydown", onKey);
		return () => window.removeEventListener("keydown", onKey);
	}, [setScene]);
	return (
		<aside className="asset aside" aria-label={t("desk.aside.title")} data-panel={tab}>
			<IconButton
				className="asset-close"
				word={t("asset.close")}
				icon={X}
				onClick={() => setScene({ panel: undefined })}
			/>
			<nav className="aside-tabs" aria-label={t("desk.aside.title")}>
				{tabs.map((one) => (
					<button
						key={one}
						type="button"
						aria-current={one === tab ? "page" : undefined}
						onClick={() => setScene({ panel: one })}
					>
						{t(`desk.aside.${one}`)} <span className="figures">{counts[one]}</span>
					</button>
				))}
			</nav>
			<div className="asset-body">{tab === "aside" ? <AsideList /> : <WindowsPanel />}</div>
		</aside>
	);
}

/** In the band: what is put aside is never out of sight. */
export function AsideChip(): ReactElement {
	const { t } = useTranslation();
	const scene = useScene();
	const setScene = useSetScene();
	const counts = useAsideCounts();
	const tabs = useTabs();
	return (
		<div className="aside-chip">
			{tabs.map((one) => (
				<button
					key={one}
					type="button"
					aria-pressed={scene.panel === one}
					data-aside={one}
					onClick={() =>
						setScene(
							scene.panel === one
								? { panel: undefined }
								: { panel: one, asset: undefined, alarm: undefined, measure: undefined },
						)
					}
				>
					{t(`desk.aside.${one}`)} <span className="figures">{counts[one]}</span>
				</button>
			))}
		</div>
	);
}

/** The windows stand in the register, which not everybody may read. */
function useTabs(): readonly (typeof TABS)[number][] {
	const isShut = useShut("read");
	return isShut ? ["aside"] : TABS;
}

function useAsideCounts(): { readonly aside: number; readonly windows: number } {
	const live = useLive();
	const now = useNow();
	useChange(live.alarms.change);
	const windows = useEntries<MaintenanceWindow>("window");
	return {
		aside: live.alarms.open.filter(isQuiet).length,
		windows: windows.filter(({ body }) => body.to > now).length,
	};
}
