// Words of river.
export const river = {
	zh: {
		title: "24 小时告警河",
	},
	en: {
		title: "River of alarms, 24 h",
	},
};
