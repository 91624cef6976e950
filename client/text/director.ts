// Words of director.
export const director = {
	zh: {
		title: "演示导演台",
	},
	en: {
		title: "Director of the demo",
	},
};
