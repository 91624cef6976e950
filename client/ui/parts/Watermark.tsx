// The name of whoever looks and the minute, all over a page that shows what is not for everybody: a photograph of the screen says
// whose it was. Five parts in a hundred, beneath nothing and in nobody's way; not on the wall, not in print.
import type { ReactElement } from "react";
import { civilStamp } from "../../live/civil.ts";
import { useChange, useLive } from "../live_context.ts";
import "../../style/watermark.css";

const MINUTE_MS = 60_000;
/** Enough to cover a 4K desk; what does not fit is cut off. */
const MARKS = Array.from({ length: 96 }, (_, index) => `mark-${index}`);

export function Watermark(): ReactElement | null {
	const live = useLive();
	useChange(live.wire.change);
	useChange(live.second);
	const hello = live.wire.hello;
	if (hello === null) return null;
	const minute = Math.floor(live.now() / MINUTE_MS) * MINUTE_MS;
	return <Marks text={`${hello.user} ${civilStamp(minute).slice(0, 16)}`} />;
}

function Marks({ text }: { readonly text: string }): ReactElement {
	// The words stand in an attribute: nothing that is read aloud, found or selected.
	return (
		<div className="watermark" aria-hidden="true" data-watermark={text}>
			{MARKS.map((mark) => (
				<i key={mark} data-text={text} />
			))}
		</div>
	);
}
