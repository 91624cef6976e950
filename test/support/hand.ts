// A person at a keyboard, without a mouse: presses keys, writes, and goes with Tab to what it wants to press. Everything that it does
// to the page is a key stroke; looking where the focus stands changes nothing.
import type { Page } from "playwright-core";

/** A page that needs more than this from one end to the other cannot be worked by keyboard. */
const STROKES_MAX = 250;

export class Hand {
	/** Keys pressed so far; a text counts as one. */
	strokes = 0;
	private readonly page: Page;

	constructor(page: Page) {
		this.page = page;
	}

	async press(...keys: readonly string[]): Promise<void> {
		for (const key of keys) {
			this.strokes += 1;
			await this.page.keyboard.press(key);
		}
	}

	async write(text: string): Promise<void> {
		this.strokes += 1;
		await this.page.keyboard.type(text);
	}

	/** Tab by Tab. @throws when a whole round does not come to it. */
	async tabTo(selector: string, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
		await this.until(selector, key);
	}

	/** The same key until the focus is at `selector`. @param each what else to press where the focus stands; null: nothing. */
	async until(selector: string, key: string, each: () => Promise<string | null> = async () => null): Promise<void> {
		for (let stroke = 0; stroke < STROKES_MAX; stroke++) {
			if (await this.isAt(selector)) return;
			const more = await each();
			if (more !== null) await this.press(more);
			await this.press(key);
		}
		throw new Error(`${STROKES_MAX} times ${key} did not come to ${selector}`);
	}

	/** The focus stands on it, or in it. */
	isAt(selector: string): Promise<boolean> {
		return this.page.evaluate((wanted) => document.activeElement?.closest(wanted) != null, selector);
	}
}
