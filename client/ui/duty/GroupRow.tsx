// Alarms of one cause in one line: the root first, how many of each level are folded here, how many nobody has seen. Its reds stand
// on lines of their own. Opened by the same key as any row.
import { ChevronDown, ChevronRight } from "lucide-react";
import { memo, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { cityOf } from "#model/ids.ts";
import { ageText } from "../../live/format.ts";
import { languageNow } from "../../text/text.ts";
import "../../style/alarm_group.css";
import { useLive } from "../live_context.ts";
import { shortName } from "../parts/districts.ts";
import { LevelMark } from "../parts/LevelMark.tsx";
import { AlarmName } from "./AlarmName.tsx";
import { measureOf } from "./alarm_rule.ts";
import type { GroupLine, ListLine } from "./list_lines.ts";

const LEVELS = [4, 3, 2, 1] as const;

interface GroupRowProps {
	readonly line: GroupLine;
	readonly index: number;
	/** Server time. */
	readonly now: number;
	readonly isChosen: boolean;
	readonly onFold: (group: string) => void;
	/** null: nothing can be chosen. */
	readonly onChoose: ((line: ListLine, isRange: boolean) => void) | null;
	readonly onHold: (isHeld: boolean) => void;
}

export const GroupRow = memo(function GroupRow(props: GroupRowProps): ReactElement {
	const { line, index } = props;
	const { t } = useTranslation();
	const { catalogue } = useLive();
	const { root } = line;
	const measure = measureOf(catalogue, root);
	const worst = LEVELS.find((level) => (line.counts[level] ?? 0) > 0) ?? 0;
	return (
		<div className="alarm group" data-index={index} data-group={line.group} data-severity={worst}>
			<Pick {...props} />
			<div className="alarm-level">
				{line.isOpen ? (
					<ChevronDown size="1.1em" aria-hidden="true" />
				) : (
					<ChevronRight size="1.1em" aria-hidden="true" />
				)}
			</div>
			<div className="alarm-age figures">{props.now === 0 ? "–" : ageText(props.now - root.raisedAt)}</div>
			<div className="alarm-what">
				<button
					type="button"
					className="alarm-open"
					aria-expanded={line.isOpen}
					onClick={() => props.onFold(line.group)}
					data-open
				>
					{measure === null ? null : <span className="alarm-measure">{measure.name[languageNow()]}</span>}
					<span className="alarm-place">{shortName(cityOf(root.district))}</span>
					<AlarmName name={root.name} />
				</button>
				<span className="tag" title={t("desk.group.word")}>
					{t(`desk.cause.${line.word}`)}
				</span>
			</div>
			<div className="group-counts">
				{LEVELS.map((level) => {
					const count = line.counts[level] ?? 0;
					return count === 0 ? null : (
						<span key={level} title={t(`levelLong.${level}`)}>
							<LevelMark state={level} size={0.95} bare />
							<span className="figures">{count}</span>
							<span className="hidden-text">{t(`levelLong.${level}`)}</span>
						</span>
					);
				})}
				{line.reds === 0 ? null : <span className="quiet">{t("desk.group.reds", { count: line.reds })}</span>}
			</div>
			<div className="alarm-done quiet">
				{t(line.unacknowledged === 0 ? "desk.group.allSeen" : "desk.group.unseen", { count: line.unacknowledged })}
			</div>
		</div>
	);
});

function Pick({ line, isChosen, onChoose, onHold }: GroupRowProps): ReactElement {
	const { t } = useTranslation();
	return (
		<div className="alarm-pick" onPointerEnter={() => onHold(true)} onPointerLeave={() => onHold(false)}>
			{onChoose === null || line.unacknowledged === 0 ? null : (
				<input
					type="checkbox"
					checked={isChosen}
					aria-label={t("desk.group.choose", { count: line.unacknowledged })}
					onChange={({ nativeEvent }) => onChoose(line, (nativeEvent as MouseEvent).shiftKey)}
				/>
			)}
		</div>
	);
}
