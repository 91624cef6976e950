// Where the name of an asset may be cut when a line is too narrow. Pure. What tells two assets of one place apart stands at the end of
// a name (1# and 2# of the same cranes, covers 00003 and 00004), so it is kept and what stands before it is cut.

/** "2# 塔吊", "1# 摄像头（大门）", "JC02", "00003". */
const END = /(?:\d+#.{0,8}|[A-Z]{0,3}\d{2,})$/u;

/** [what may be cut, what is kept]; together they are the name. */
export function nameParts(name: string): readonly [start: string, end: string] {
	const at = name.search(END);
	return at <= 0 ? [name, ""] : [name.slice(0, at), name.slice(at)];
}
