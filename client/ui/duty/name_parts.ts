// Where the name of an asset may be cut when a line is too narrow. Pure. What tells two assets of one place apart stands at the end of
// a name (1# and 2# of the same cranes), so the middle is cut and not the end.

/** The end is kept up to here. */
const END_MOST = 10;

/** [what may be cut, what is kept]; together they are the name. The end begins at the last word that has a number. */
export function nameParts(name: string): readonly [start: string, end: string] {
	const words = name.split(/(?<=\s)/u);
	let end = "";
	while (words.length > 1) {
		const longer = `${words.pop() ?? ""}${end}`;
		if (longer.length > END_MOST) break;
		end = longer;
		if (/\d/u.test(end)) break;
	}
	return [name.slice(0, name.length - end.length), end];
}
