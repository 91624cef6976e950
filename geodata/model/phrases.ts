// What the desk says aloud: short phrases by name, said one after the other ("red alarm", "gas"). The recordings in client/sound
// are made from this table by `node server/tools/make_phrases.ts`; an operator's own recordings of the same names stand instead.

/** What is said, and its syllables with tone numbers: a voice that guesses says 供 and 窨 wrongly. */
export interface Phrase {
	readonly words: string;
	readonly syllables: string;
}

/** By the name of the file: "level-" and a severity, "system-" and a system's id, or a word of the desk. */
export const phrases = {
	"level-1": { words: "蓝色提示", syllables: "lan2 se4 ti2 shi4" },
	"level-2": { words: "黄色报警", syllables: "huang2 se4 bao4 jing3" },
	"level-3": { words: "橙色报警", syllables: "cheng2 se4 bao4 jing3" },
	"level-4": { words: "红色报警", syllables: "hong2 se4 bao4 jing3" },
	"system-bridge": { words: "城市桥梁", syllables: "cheng2 shi4 qiao2 liang2" },
	"system-camera": { words: "工地视频", syllables: "gong1 di4 shi4 pin2" },
	"system-construction": { words: "建设工地", syllables: "jian4 she4 gong1 di4" },
	"system-flood": { words: "城市防汛", syllables: "cheng2 shi4 fang2 xun4" },
	"system-gas": { words: "城市燃气", syllables: "cheng2 shi4 ran2 qi4" },
	"system-heating": { words: "城市供热", syllables: "cheng2 shi4 gong1 re4" },
	"system-manhole": { words: "窨井盖", syllables: "yin4 jing3 gai4" },
	"system-metro": { words: "轨道交通", syllables: "gui3 dao4 jiao1 tong1" },
	"system-system": { words: "系统故障", syllables: "xi4 tong3 gu4 zhang4" },
	"system-water": { words: "城市供水", syllables: "cheng2 shi4 gong1 shui3" },
	"system-weather": { words: "气象预警", syllables: "qi4 xiang4 yu4 jing3" },
	ready: { words: "报警声已就绪", syllables: "bao4 jing3 sheng1 yi3 jiu4 xu4" },
	call: { words: "请立即处置", syllables: "qing3 li4 ji2 chu3 zhi4" },
	repeat: { words: "仍未确认", syllables: "reng2 wei4 que4 ren4" },
} as const satisfies Readonly<Record<string, Phrase>>;
export type PhraseName = keyof typeof phrases;

export function isPhrase(name: string): name is PhraseName {
	return Object.hasOwn(phrases, name);
}

/** What is said for an alarm; a system without a recording is left out, the level never. */
export function phrasesFor(alarm: { readonly severity: number; readonly system: string }): PhraseName[] {
	return [`level-${alarm.severity}`, `system-${alarm.system}`].filter(isPhrase);
}
