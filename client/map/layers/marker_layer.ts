// One deck.gl layer for points: shape, numeral and ring are drawn by the fragment shader from four bytes per asset, so a
// repaint is one small buffer and no sprite sheet. Levels carry shape and letter (circle IV, triangle III, diamond II,
// octagon I); normal is a small grey disc, stale a hollow ring with a gap.
import type { DefaultProps, LayerProps } from "@deck.gl/core";
import { ScatterplotLayer } from "deck.gl";
import { FRAGMENT, VERTEX } from "./marker_shaders.ts";

/** Bytes of a mark: status 0..5, ring 0..3, radius px, shown 0/1. */
export const MARK_SIZE = 4;
/** Ring codes: none, somebody has it (acknowledged), nobody has it, nobody has it and it is the newest red. */
export const Ring = { none: 0, acknowledged: 1, open: 2, newest: 3 } as const;

export interface MarkerProps extends LayerProps {
	/** By status, flattened to six vec4, 0..1. */
	readonly colours: readonly (readonly [number, number, number, number])[];
	readonly edgeColour: readonly [number, number, number, number];
	readonly ringColour: readonly [number, number, number, number];
	/** Multiplies every radius: zoom and pixel density of the desk. */
	readonly scale: number;
	/** 0..1: the breath of the newest red's ring. */
	readonly breath: number;
}

const UNIFORMS = `\
layout(std140) uniform markerUniforms {
  vec4 normal;
  vec4 blue;
  vec4 yellow;
  vec4 orange;
  vec4 red;
  vec4 stale;
  vec4 outline;
  vec4 ring;
  float scale;
  float breath;
} marker;
`;

const markerModule = {
	name: "marker",
	vs: UNIFORMS,
	fs: UNIFORMS,
	source: "",
	uniformTypes: {
		normal: "vec4<f32>",
		blue: "vec4<f32>",
		yellow: "vec4<f32>",
		orange: "vec4<f32>",
		red: "vec4<f32>",
		stale: "vec4<f32>",
		outline: "vec4<f32>",
		ring: "vec4<f32>",
		scale: "f32",
		breath: "f32",
	},
} as const;

/**
 * `data` is `{length, attributes: {instancePositions: {value: Float64Array, size: 3}, instanceMarks: {value: Uint8Array, size: 4}}}`.
 * A scatterplot in its quad and its projection; attributes and shaders are its own.
 */
export class MarkerLayer extends ScatterplotLayer<unknown, MarkerProps> {
	static override layerName = "MarkerLayer";
	static override defaultProps: DefaultProps = {
		colours: { type: "array", value: [], compare: false },
		edgeColour: { type: "array", value: [0, 0, 0, 1], compare: false },
		ringColour: { type: "array", value: [1, 1, 1, 1], compare: false },
		scale: { type: "number", value: 1 },
		breath: { type: "number", value: 0 },
	} as DefaultProps;

	override getShaders(): ReturnType<ScatterplotLayer["getShaders"]> {
		const shaders = super.getShaders();
		return { ...shaders, vs: VERTEX, fs: FRAGMENT, modules: [...(shaders.modules ?? []), markerModule] };
	}

	override initializeState(): void {
		this.getAttributeManager()?.addInstanced({
			instancePositions: { size: 3, type: "float64", fp64: this.use64bitPositions(), noAlloc: true },
			instanceMarks: { size: MARK_SIZE, type: "unorm8", noAlloc: true },
		});
	}

	override draw(_: Parameters<ScatterplotLayer["draw"]>[0]): void {
		const { model } = this.state;
		if (model === undefined) return;
		const [normal, blue, yellow, orange, red, stale] = this.props.colours;
		const { edgeColour, ringColour, scale, breath } = this.props;
		model.shaderInputs.setProps({
			marker: { normal, blue, yellow, orange, red, stale, outline: edgeColour, ring: ringColour, scale, breath },
		});
		model.draw(this.context.renderPass);
	}
}
