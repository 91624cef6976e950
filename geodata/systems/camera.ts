// Dust cameras of construction sites: is the camera online, and how old is its last picture.
// Read by the server at start and served to the page as JSON: pure data, no functions.
import type { Kind, System } from "#model/catalogue.ts";
import { field, limit, measure, silence, source, text } from "#model/define.ts";

const camera: Kind = {
	id: "camera",
	name: text("扬尘视频摄像头", "Dust camera"),
	primary: "online",
	geometry: "point",
	symbol: { icon: "像", radius: 5 },
	measures: [
		// The video platform tells a change of state; the age of the newest frame is asked every minute.
		measure("online", ["在线状态", "Online"], "", [0, 1], {
			scale: 0,
			decimals: 0,
			contract: "event",
			states: [
				{ value: 0, text: text("离线", "Offline") },
				{ value: 1, text: text("在线", "Online") },
			],
		}),
		measure("frameAge", ["画面时延", "Age of the newest frame"], "s", [0, 604_800], { decimals: 0 }),
	],
	limits: [
		limit("offline", {
			measure: "online",
			direction: "below",
			levels: { yellow: 0 },
			deadband: 0,
			onDelayMs: 60_000,
			source: source("工程默认值", "平台通告离线，持续 60 秒", "E"),
		}),
		limit("frozen", {
			measure: "frameAge",
			levels: { yellow: 120 },
			deadband: 60,
			source: source("工程默认值", "120 秒无新画面", "E"),
		}),
		silence("silent", "frameAge", 180),
	],
	fields: [
		field("gb28181", ["国标编码（20 位）", "GB/T 28181 id"]),
		field("bearing", ["朝向", "Bearing"], "number", "°"),
		field("view", ["视场角", "Field of view"], "number", "°"),
		field("project", ["工程名称", "Project"]),
	],
};

export const system: System = {
	id: "camera",
	name: text("工地视频", "Site video"),
	policy: ["W16"],
	order: 3,
	kinds: [camera],
};
