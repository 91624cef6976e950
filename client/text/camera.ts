// Words of camera.
export const camera = {
	zh: {
		title: "摄像机画面",
	},
	en: {
		title: "Camera picture",
	},
};
