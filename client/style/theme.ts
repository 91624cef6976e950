// The theme of the page: night for wall and desk, dusk for long shifts in a lit room, day for planners and print. Set once when
// a page is opened, as `data-theme` on the html element; tokens.css holds what it means. Map and canvases read their colours
// once, so another theme is another page. There is no switch yet: the base map is made in the night's colours.

export const THEMES = ["night", "dusk", "day"] as const;
export type Theme = (typeof THEMES)[number];

const KEY = "liaowang.theme";

/** The choice kept on this machine. */
export function chosenTheme(): Theme {
	return THEMES.find((theme) => theme === localStorage.getItem(KEY)) ?? "night";
}

export function setTheme(theme: Theme): void {
	document.documentElement.dataset.theme = theme;
	const ground = getComputedStyle(document.documentElement).getPropertyValue("--ground").trim();
	document.querySelector('meta[name="theme-color"]')?.setAttribute("content", ground);
}
