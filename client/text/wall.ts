// Words of wall.
export const wall = {
	zh: {
		title: "大屏",
	},
	en: {
		title: "Wall",
	},
};
