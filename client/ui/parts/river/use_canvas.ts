// A canvas as large as its box, in the screen's own pixels, painted again when the box, the type or the painter changed.
// Used by the river and the pulse; it draws nothing itself.
import { type RefObject, useEffect, useRef, useState } from "react";

export interface CanvasSize {
	readonly width: number;
	readonly height: number;
	/** Computed font size of the canvas, px: the part's type. */
	readonly type: number;
}

/** Beyond this a canvas of a huge wall would cost more memory than its lines are worth. */
const MOST_RATIO = 3;

export function useCanvas(): {
	readonly canvas: RefObject<HTMLCanvasElement | null>;
	readonly size: CanvasSize | null;
} {
	const canvas = useRef<HTMLCanvasElement>(null);
	const [size, setSize] = useState<CanvasSize | null>(null);
	useEffect(() => {
		const element = canvas.current;
		if (element === null) return;
		const look = (): void => {
			const { clientWidth: width, clientHeight: height } = element;
			const type = Number.parseFloat(getComputedStyle(element).fontSize);
			if (width === 0 || height === 0) return;
			setSize((before) =>
				before?.width === width && before.height === height && before.type === type ? before : { width, height, type },
			);
		};
		look();
		const observer = new ResizeObserver(look);
		observer.observe(element);
		// The figures' typeface may come after the first paint: the same size is painted once more.
		document.fonts.ready.then(() => setSize((before) => (before === null ? null : { ...before }))).catch(reportError);
		return () => observer.disconnect();
	}, []);
	return { canvas, size };
}

/** The context in CSS px, or null when the browser gives none. */
export function contextOf(canvas: HTMLCanvasElement, size: CanvasSize): CanvasRenderingContext2D | null {
	const ratio = Math.min(window.devicePixelRatio, MOST_RATIO);
	const width = Math.round(size.width * ratio);
	const height = Math.round(size.height * ratio);
	if (canvas.width !== width) canvas.width = width;
	if (canvas.height !== height) canvas.height = height;
	// Painted by the processor: a few hundred strokes are nothing to it, while a canvas on a graphics card that is behind lets the page
	// wait for the card at the end of each frame, and alarms wait with it.
	const context = canvas.getContext("2d", { willReadFrequently: true });
	context?.setTransform(ratio, 0, 0, ratio, 0, 0);
	return context;
}

/** Reads tokens of the style sheet by name, as they are in force at this element. */
export function tokensOf(element: Element): (name: string, fallback?: string) => string {
	const style = getComputedStyle(element);
	return (name, fallback = "#888888") => {
		const value = style.getPropertyValue(name).trim();
		return value === "" ? fallback : value;
	};
}
