// Lines that flow: dashes with a pointed front that move along a path by a phase, one phase per class of speed. The phase is a
// uniform, set by the wall's clock outside React; a line that stands still has no dashes. Where nothing may move, the same
// points stand still and show the direction.
import type { DefaultProps } from "@deck.gl/core";
import type { PathLayerProps } from "deck.gl";
import { PathLayer } from "deck.gl";

/** Eight phases in px, by class of speed. */
export type Phases = readonly [number, number, number, number, number, number, number, number];

export interface FlowProps<Line> extends PathLayerProps<Line> {
	/** Metres from the start, per vertex. */
	getAlong: (line: Line) => readonly number[];
	/** Class of speed 0..7; 0: still. */
	getSpeed: (line: Line) => number;
	readonly phases: Phases;
	readonly pxPerMetre: number;
	/** Distance of two dashes, px. */
	readonly period: number;
	/** Opacity of the line between its dashes, 0..1. */
	readonly between: number;
	/** 1: it flows as the path runs; -1: back. */
	readonly heading: 1 | -1;
}

const UNIFORMS = `\
layout(std140) uniform flowUniforms {
  vec4 slow;
  vec4 fast;
  float pxPerMetre;
  float period;
  float between;
  float heading;
} flow;
`;

const flowModule = {
	name: "flow",
	vs: UNIFORMS,
	fs: UNIFORMS,
	source: "",
	uniformTypes: {
		slow: "vec4<f32>",
		fast: "vec4<f32>",
		pxPerMetre: "f32",
		period: "f32",
		between: "f32",
		heading: "f32",
	},
} as const;

const INJECT = {
	"vs:#decl": `\
in float instanceAlong;
in float instanceNextAlong;
in float instanceSpeed;
out float vAlong;
out float vPhase;
out float vMoves;
`,
	"vs:#main-end": `\
vAlong = mix(instanceAlong, instanceNextAlong, vPathPosition.y / max(vPathLength, 1e-6)) * flow.pxPerMetre;
int speedClass = int(instanceSpeed + 0.5);
vPhase = speedClass < 4 ? flow.slow[speedClass] : flow.fast[speedClass - 4];
vMoves = speedClass > 0 ? 1.0 : 0.0;
`,
	"fs:#decl": `\
in float vAlong;
in float vPhase;
in float vMoves;
`,
	"fs:DECKGL_FILTER_COLOR": `\
// geometry.uv is the position on the path, x across it. The middle of a dash runs ahead of its rims: it points where it flows.
float flowAt = (flow.heading * vAlong - vPhase + abs(geometry.uv.x) * flow.period * 0.22) / flow.period;
float flowEdge = max(fwidth(flowAt), 1e-4);
float flowPart = fract(flowAt);
float flowDash = smoothstep(0.0, flowEdge, flowPart) * (1.0 - smoothstep(0.56 - flowEdge, 0.56, flowPart));
color.a *= vMoves > 0.5 ? mix(flow.between, 1.0, flowDash) : 0.8;
`,
} as const;

export class FlowLayer<Line> extends PathLayer<Line, FlowProps<Line>> {
	static override layerName = "FlowLayer";
	static override defaultProps: DefaultProps = {
		getAlong: { type: "accessor", value: [] },
		getSpeed: { type: "accessor", value: 0 },
		phases: { type: "array", value: [], compare: false },
		pxPerMetre: { type: "number", value: 1 },
		period: { type: "number", value: 24 },
		between: { type: "number", value: 0.3 },
		heading: { type: "number", value: 1 },
	} as DefaultProps;

	override getShaders(): ReturnType<PathLayer["getShaders"]> {
		const shaders = super.getShaders();
		return { ...shaders, inject: INJECT, modules: [...(shaders.modules ?? []), flowModule] };
	}

	override initializeState(): void {
		super.initializeState();
		this.getAttributeManager()?.addInstanced({
			along: {
				size: 1,
				accessor: "getAlong",
				shaderAttributes: { instanceAlong: { vertexOffset: 0 }, instanceNextAlong: { vertexOffset: 1 } },
			},
			instanceSpeed: { size: 1, accessor: "getSpeed" },
		});
	}

	override draw(options: Parameters<PathLayer["draw"]>[0]): void {
		const { phases, pxPerMetre, period, between, heading } = this.props;
		const [a, b, c, d, e, f, g, h] = phases;
		const flow = { slow: [a, b, c, d], fast: [e, f, g, h], pxPerMetre, period, between, heading };
		this.state.model?.shaderInputs.setProps({ flow });
		super.draw(options);
	}
}
