// Words that stand on the wall's map itself.
export const wallMap = {
	zh: {
		isotherms: "等温线 °C · 推算",
		rain: "雨量与雨带前沿 · 推算",
		ahead: "+{{minutes}} 分",
	},
	en: {
		isotherms: "Isotherms °C · computed",
		rain: "Rain and its front · computed",
		ahead: "+{{minutes}} min",
	},
} as const satisfies Record<"zh" | "en", { isotherms: string; rain: string; ahead: string }>;
