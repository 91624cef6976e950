// The name of an asset on a line of the list, in two spans: the first gives way where the line is narrow.
import type { ReactElement } from "react";
import { nameParts } from "./name_parts.ts";
import "../../style/alarm_name.css";

export function AlarmName({ name }: { readonly name: string }): ReactElement {
	const [start, end] = nameParts(name);
	return (
		<span className="alarm-name">
			<span className="alarm-name-start">{start}</span>
			{end === "" ? null : <span className="alarm-name-end">{end}</span>}
		</span>
	);
}
