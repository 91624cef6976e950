// What a test message says: that it is one, who pressed the button, when.
import type { Words } from "#model/outlet.ts";

export function testWords(by: string, now: number): Words {
	const time = new Date(now + 8 * 3_600_000).toISOString().slice(0, 19).replace("T", " ");
	return {
		title: "【测试】瞭望外呼渠道测试",
		text: `这是一条测试消息，无须处置。由 ${by} 于 ${time} 发出。`,
		level: "测试",
		place: "",
		time,
		count: 0,
		alarms: [],
		to: [],
	};
}
