// What one person draws on one incident: the tool in the hand, the strokes on their way to the server, the steps that can be taken
// back. Plain TypeScript; the map's layers are handed in (draw.ts), the saving too. What others draw comes in with the incident.
import { Change } from "../live/change.ts";
import {
	changedBy,
	circleAt,
	type Drawing,
	type DrawingChange,
	type DrawingGeometry,
	type DrawingStep,
	type DrawnFeature,
	drawingOf,
	drawnFeatures,
	type KeptDrawing,
	placeFeatures,
	readDrawing,
	type Shape,
	type Stroke,
	undone,
} from "./drawings.ts";

/** `place`: where the incident is; `erase`: a click takes a drawing away. */
export type Tool = Shape | "place" | "erase";

/** The layers of the map. */
export interface Canvas {
	setFeatures(features: readonly DrawnFeature[]): void;
	setTool(tool: Tool | null): void;
	undoCorner(): boolean;
}

export interface SketchParts {
	/** One act each. @returns whether the server took it. */
	readonly save: (change: DrawingChange) => Promise<boolean>;
	readonly move: (lon: number, lat: number) => void;
	readonly who: () => { readonly by: string; readonly at: number };
	readonly makeId: () => string;
	readonly fault: (fault: unknown) => void;
	readonly most: number;
}

export interface Sheet {
	readonly lon: number;
	readonly lat: number;
	readonly title: string;
	/** Advised cordon, metres. */
	readonly ringM: number | null;
	readonly drawings: readonly KeptDrawing[];
}

export class Sketch {
	readonly change = new Change();
	tool: Tool | null = null;
	/** Words of the next stroke. */
	text = "";
	private readonly parts: SketchParts;
	private canvas: Canvas | null = null;
	private sheet: Sheet | null = null;
	private saved: readonly Drawing[] = [];
	/** On their way to the server; shown at once. */
	private pending: readonly DrawingChange[] = [];
	private steps: readonly DrawingStep[] = [];
	private chain: Promise<void> = Promise.resolve();

	constructor(parts: SketchParts) {
		this.parts = parts;
	}

	get drawings(): readonly Drawing[] {
		return this.pending.reduce(changedBy, this.saved);
	}

	get mayUndo(): boolean {
		return this.steps.length > 0 || this.tool !== null;
	}

	attach(canvas: Canvas): void {
		this.canvas = canvas;
		canvas.setTool(this.tool);
		this.show();
	}

	setSheet(sheet: Sheet): void {
		this.sheet = sheet;
		this.saved = sheet.drawings.map(readDrawing);
		this.show();
	}

	setTool(tool: Tool | null): void {
		if (tool === this.tool) return;
		this.tool = tool;
		this.canvas?.setTool(tool);
		this.change.bump();
	}

	setText(text: string): void {
		this.text = text;
		this.change.bump();
	}

	/** A stroke that the hand has finished. */
	drew(tool: Exclude<Tool, "erase">, geometry: DrawingGeometry): void {
		if (tool !== "place") {
			this.put(drawingOf(tool, geometry, this.stroke()));
			return;
		}
		if (geometry.type !== "Point") return;
		const [lon = 0, lat = 0] = geometry.coordinates;
		this.setTool(null);
		this.parts.move(lon, lat);
	}

	erase(id: string): void {
		const drawing = this.drawings.find((one) => one.id === id);
		if (drawing === undefined) return;
		this.steps = [...this.steps, { type: "erased", drawing }];
		this.save({ type: "remove", id });
	}

	/** A circle of a typed radius around the place: by keyboard alone. */
	around(radiusM: number): void {
		if (this.sheet !== null) this.put(circleAt([this.sheet.lon, this.sheet.lat], radiusM, this.stroke()));
	}

	/** Words, or a bare point without them, at the place: by keyboard alone. */
	here(): void {
		if (this.sheet === null) return;
		const at: DrawingGeometry = { type: "Point", coordinates: [this.sheet.lon, this.sheet.lat] };
		this.put(drawingOf(this.text.trim() === "" ? "point" : "label", at, this.stroke()));
	}

	/** The last corner of the stroke in the hand, else this person's last step. */
	undo(): void {
		if (this.canvas?.undoCorner() === true) return;
		const step = this.steps.at(-1);
		if (step === undefined) return;
		this.steps = this.steps.slice(0, -1);
		const back = undone(this.drawings, step);
		if (back !== null) this.save(back);
		else this.change.bump();
	}

	private stroke(): Stroke {
		return { id: this.parts.makeId(), ...this.parts.who(), text: this.text };
	}

	private put(drawing: Drawing | null): void {
		// Words without a word are no label.
		const isMute = drawing?.properties.shape === "label" && drawing.properties.text === "";
		if (drawing === null || isMute || this.drawings.length >= this.parts.most) return;
		this.steps = [...this.steps, { type: "drew", drawing }];
		this.text = "";
		this.save({ type: "put", drawing });
	}

	private save(change: DrawingChange): void {
		this.pending = [...this.pending, change];
		this.show();
		// One after the other: a drawing is there before it is taken away.
		this.chain = this.chain
			.then(() => this.parts.save(change))
			.then((isTaken) => {
				// The incident may have brought it already, with what others drew.
				if (isTaken) this.saved = changedBy(this.saved, change);
				this.pending = this.pending.filter((one) => one !== change);
				this.show();
			})
			.catch(this.parts.fault);
	}

	private show(): void {
		const { sheet } = this;
		if (sheet !== null) {
			const place = placeFeatures([sheet.lon, sheet.lat], sheet.title, sheet.ringM);
			this.canvas?.setFeatures([...place, ...drawnFeatures(this.drawings)]);
		}
		this.change.bump();
	}
}
