// The browser's side of notify.ts: permission, notification, title, and an icon drawn with a count in the colour of the level.
import type { Desktop, NotifyState } from "./notify.ts";

const SIZE = 64;

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
		link.type = count === 0 ? "image/svg+xml" : "image/png";
	}
}

function iconLink(): HTMLLinkElement | null {
	return document.querySelector<HTMLLinkElement>('link[rel~="icon"]');
}

/** A disc of the level's colour with the count; "99+" above. */
function drawn(level: number, count: number): string {
	const canvas = document.createElement("canvas");
	canvas.width = SIZE;
	canvas.height = SIZE;
	const context = canvas.getContext("2d");
	if (context === null) return "";
	const style = getComputedStyle(document.documentElement);
	context.fillStyle = style.getPropertyValue(`--level-${level}`).trim();
	context.beginPath();
	context.arc(SIZE / 2, SIZE / 2, SIZE / 2, 0, 2 * Math.PI);
	context.fill();
	const words = count > 99 ? "99+" : String(count);
	context.fillStyle = "#000";
	context.font = `700 ${words.length > 2 ? 30 : 42}px sans-serif`;
	context.textAlign = "center";
	context.textBaseline = "middle";
	context.fillText(words, SIZE / 2, SIZE / 2 + 3);
	return canvas.toDataURL("image/png");
}
