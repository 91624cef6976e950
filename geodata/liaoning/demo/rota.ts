// The roster of the demo's province: who is on duty when, before anybody entered one. Invented; common names, nobody in particular.
import type { Rota } from "#model/duty.ts";

/** Two changes a day, four teams in turn. */
export const DEMO_ROTA: Rota = {
	changes: ["08:00", "20:00"],
	teams: [
		{ name: "甲班", people: ["王志强", "李敏", "赵国栋"] },
		{ name: "乙班", people: ["张伟", "刘洋", "孙丽娜"] },
		{ name: "丙班", people: ["陈立新", "杨帆", "周晓东"] },
		{ name: "丁班", people: ["吴海燕", "徐明", "马文博"] },
	],
};
