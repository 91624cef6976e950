// The browser's side of notify.ts: permission, notification, title, and an icon drawn with a count in the colour of the level.
import type { Desktop, NotifyState } from "./notify.ts";

export class BrowserDesktop implements Desktop {
	private readonly plain = iconLink()?.href ?? "";

	get state(): NotifyState {
		if (!globalThis.isSecureContext || !("Notification" in globalThis)) return "insecure";
		const { permission } = Notification;
		return permission === "granted" ? "on" : permission === "denied" ? "denied" : "off";
	}

	get isAway(): boolean {
		return document.visibilityState !== "visible" || !document.hasFocus();
	}

	async ask(): Promise<void> {
		if (this.state === "off") await Notification.requestPermission();
	}

	show(title: string, body: string, tag: string, stays: boolean): void {
		const shown = new Notification(title, {
			body,
			tag,
			requireInteraction: stays,
			lang: document.documentElement.lang,
		});
		shown.onclick = () => {
			globalThis.focus();
			shown.close();
		};
	}

	setTitle(text: string): void {
		document.title = text;
	}

	setIcon(level: number, count: number): void {
		const link = iconLink();
		if (link === null) return;
		link.href = count === 0 ? this.plain : drawn(level, count);
	}
}

function iconLink(): HTMLLinkElement | null {
	return document.querySelector<HTMLLinkElement>('link[rel~="icon"]');
}

/** A disc of the level's colour with the count; "99+" above. As SVG: reading a picture back from a canvas waits for the GPU, in a storm for seconds. */
function drawn(level: number, count: number): string {
	const colour = getComputedStyle(document.documentElement).getPropertyValue(`--level-${level}`).trim();
	return `data:image/svg+xml,${encodeURIComponent(iconText(colour, count))}`;
}

export function iconText(colour: string, count: number): string {
	const words = count > 99 ? "99+" : String(count);
	const size = words.length > 2 ? 30 : 42;
	return (
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><circle cx="32" cy="32" r="32" fill="${colour}"/>` +
		`<text x="32" y="${32 + size * 0.36}" font-family="sans-serif" font-weight="700" font-size="${size}" text-anchor="middle">${words}</text></svg>`
	);
}
