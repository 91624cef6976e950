// One sheet that shows the hand of every page: colours of the three themes, marks of the levels, ramps, type. Made from the
// tokens and the shapes themselves, so that it cannot show others. The browser test of the pages draws it.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { cornersOf, LEVEL_SHAPES } from "../../client/style/level_shapes.ts";
import { THEMES } from "../../client/style/theme.ts";

const WORDS = { night: "夜 · 大屏与值班", dusk: "暮 · 长班次", day: "日 · 规划与打印" } as const;
const LEVEL_WORDS = ["", "IV 蓝 一般", "III 黄 较重", "II 橙 严重", "I 红 特别严重"] as const;
const RAMPS = [
	["热", ["--heat-1", "--heat-2", "--heat-3"]],
	["水", ["--water-1", "--water-2"]],
	["尘", ["--dust-1", "--dust-2"]],
] as const;
const RIVER = ["--river-steel", "--river-sand", "--river-moss", "--river-clay", "--river-slate"] as const;
const DESK = [
	["--type-note", "注 12 px"],
	["--type-text", "正文 15 px"],
	["--type-name", "案名 18 px"],
	["--type-figure", "0.346"],
	["--type-clock", "20:14:07"],
] as const;
const WALL = [
	["--wall-least", "18′ 最小"],
	["--wall-list", "22′ 列表"],
	["--wall-name", "26′ 案名"],
	["--wall-sentence", "36′ 全省平稳"],
] as const;

/** A page's body, with its own style. */
export async function lookSheet(): Promise<string> {
	const css = await readFile(join(import.meta.dirname, "../../client/style/tokens.css"), "utf8");
	// Three themes on one page: what holds for the page holds for each part of it.
	const scoped = css
		.replace(/:root\[data-theme="(\w+)"\]/g, '.t[data-theme="$1"]')
		.replace(/(^|\n)(\t?):root \{/g, "$1$2:root, .t {");
	return `<style>${scoped}${SHEET}</style><div class="sheet">${THEMES.map(column).join("")}</div>`;
}

function column(theme: (typeof THEMES)[number]): string {
	return `<section class="t" data-theme="${theme}"><h1>${WORDS[theme]}</h1>
<div class="row marks">${[4, 3, 2, 1].map((level) => `<span>${mark(level, false)}${mark(level, true)}<small>${LEVEL_WORDS[level]}</small></span>`).join("")}</div>
<div class="grounds">${["--land", "--sea", "--card"].map((ground) => `<div style="background:var(${ground})">${[4, 3, 2, 1].map((level) => mark(level, false)).join("")}${calm()}<b>沈阳 41.2 °C</b> <i>浑南 3 min</i></div>`).join("")}</div>
<div class="lines"><div style="background:linear-gradient(90deg,var(--sea) 50%,var(--land) 50%)"><u style="left:50%;border-color:var(--coast)"></u><u style="left:68%;border-color:var(--city-line)"></u><u style="left:84%;border-color:var(--county-line)"></u><u style="left:47%;border-color:var(--water-line-1)"></u><u style="left:44%;border-color:var(--water-line-2)"></u><u style="left:41%;border-color:var(--water-line-3)"></u></div></div>
${RAMPS.map(([name, stops]) => `<div class="ramp"><small>${name}</small><div style="background:linear-gradient(90deg,${stops.map((stop) => `var(${stop})`).join(",")})"></div></div>`).join("")}
<div class="ramp"><small>河</small><div class="river">${RIVER.map((hue) => `<i style="background:var(${hue})"></i>`).join("")}<i style="background:var(--river-bed)"></i></div></div>
<div class="type">${DESK.map(([size, text]) => `<p style="font-size:var(${size})">${text}</p>`).join("")}</div>
<div class="type wall">${WALL.map(([size, text]) => `<p data-size="${size}" style="font-size:var(${size})">${text}</p>`).join("")}</div></section>`;
}

function mark(level: number, hollow: boolean): string {
	const shape = LEVEL_SHAPES[level];
	if (shape === null || shape === undefined) return "";
	const paint = hollow
		? `fill="none" stroke="var(--level-${level})" stroke-width="2"`
		: `fill="var(--level-${level})" stroke="var(--outline)"`;
	const points = cornersOf(shape, 9.7).map((corner) => corner.join(","));
	const body = shape.corners === 0 ? `<circle r="9.7" ${paint}/>` : `<polygon points="${points.join(" ")}" ${paint}/>`;
	const ink = hollow ? `var(--level-${level})` : "var(--outline)";
	return `<svg viewBox="-12 -12 24 24">${body}<text y="${9.7 * shape.baseline}" text-anchor="middle" font-size="${9.7 * shape.size}" fill="${ink}">${shape.numeral}</text></svg>`;
}

function calm(): string {
	return `<svg viewBox="-12 -12 24 24"><circle r="6" fill="var(--normal)"/></svg><svg viewBox="-12 -12 24 24"><path d="M3.6 -7.1A8 8 0 1 0 7.1 -3.6" fill="none" stroke="var(--stale)" stroke-width="2.4"/></svg>`;
}

const SHEET = `
.sheet { display: grid; grid-template-columns: repeat(3, 1fr); height: 100vh; font-family: var(--sans); }
.sheet .t { padding: 24px 28px; background: var(--ground); color: var(--text); font-size: 15px; overflow: hidden; }
.sheet h1 { margin: 0 0 14px; font-size: 18px; font-weight: 500; }
.sheet p { margin: 0; line-height: 1.3; white-space: nowrap; }
.sheet small { font-size: 12px; color: var(--text-2); }
.sheet svg { width: 26px; height: 26px; font-family: var(--figures); font-weight: 600; }
.marks { display: grid; grid-template-columns: repeat(4, 1fr); }
.marks span { display: grid; grid-template-columns: auto 1fr; gap: 2px 4px; }
.marks small { grid-column: 1 / -1; }
.grounds { display: grid; gap: 6px; margin: 14px 0; }
.grounds div { display: flex; align-items: center; gap: 8px; padding: 8px 12px; border: 1px solid var(--line-2); }
.grounds b { font-weight: 500; } .grounds i { font-style: normal; color: var(--text-2); }
.lines div { position: relative; height: 40px; margin-bottom: 12px; }
.lines u { position: absolute; top: 0; bottom: 0; border-left: 2px solid; }
.ramp { display: grid; grid-template-columns: 28px 1fr; align-items: center; margin-bottom: 6px; }
.ramp div { height: 18px; display: flex; } .river i { flex: 1; }
.type { display: flex; flex-wrap: wrap; align-items: baseline; gap: 4px 16px; margin-top: 14px; padding-top: 10px; border-top: 1px solid var(--line-2); }
.type.wall { display: block; }
`;
