// What the platform says to a device: 9014 (data taken), 9013 (notified), 9011 (request taken or refused), 9012 (result)
// (HJ 212-2017 clause 6.6). The door sends the bytes, and a 9014 only after the commit that holds the readings. Pure.
import { encodeFrame } from "./frame.ts";
import { EDITIONS, type Hj212Message } from "./message.ts";

/** QnRtn of a 9011. */
export const REQUEST_RESULTS = {
	ready: 1,
	refused: 2,
	"wrong-pw": 3,
	"wrong-mn": 4,
	"wrong-st": 5,
	"wrong-flag": 6,
	"wrong-qn": 7,
	"wrong-cn": 8,
	"wrong-crc": 9,
	unknown: 100,
} as const;
export type RequestResult = keyof typeof REQUEST_RESULTS;

/** ExeRtn of a 9012. */
export const EXECUTION_RESULTS = {
	done: 1,
	failed: 2,
	"condition-not-met": 3,
	timeout: 4,
	busy: 5,
	"system-fault": 6,
	"no-data": 100,
} as const;
export type ExecutionResult = keyof typeof EXECUTION_RESULTS;

export type Answer =
	| { readonly cn: "9014" }
	| { readonly cn: "9013" }
	| { readonly cn: "9011"; readonly result: RequestResult }
	| { readonly cn: "9012"; readonly result: ExecutionResult };

/** What an answer takes from the message it answers; known already when only the segment could be read. */
export type Addressee = Pick<Hj212Message, "qn" | "pw" | "mn" | "edition">;

/** ST of everything between platform and device that is no measurement. */
const SYSTEM_INTERACTION = "91";

/** The frame that answers `to`: same QN, PW and MN. A device that sent no QN gets none. */
export function buildAnswer(to: Addressee, answer: Answer): Uint8Array {
	const qn = to.qn === null ? "" : `QN=${to.qn};`;
	const head = `${qn}ST=${SYSTEM_INTERACTION};CN=${answer.cn};PW=${to.pw};MN=${to.mn};Flag=${flagTowards(to)}`;
	return encodeFrame(`${head};CP=&&${areaOf(answer)}&&`);
}

/** The answer that is due to a message when all is well; null when none is, or the message is itself an answer. */
export function answerTo(message: Hj212Message): Answer | null {
	switch (message.cn) {
		// The heartbeat of the 2025 edition is answered whatever its bit A says.
		case "9015":
			return { cn: "9013" };
		case "9011":
		case "9012":
		case "9013":
		case "9014":
			return null;
		// The device asks for its clock to be set: a notification, no data.
		case "1013":
			return message.answerWanted ? { cn: "9013" } : null;
		default:
			return message.answerWanted ? { cn: "9014" } : null;
	}
}

/** Version bits only. A 2005 device gets the 2017 value: the two bits it knows (D and A) are zero in it. */
function flagTowards(to: Addressee): number {
	return to.edition === 2025 ? EDITIONS.indexOf(2025) << 2 : EDITIONS.indexOf(2017) << 2;
}

function areaOf(answer: Answer): string {
	switch (answer.cn) {
		case "9011":
			return `QnRtn=${REQUEST_RESULTS[answer.result]}`;
		case "9012":
			return `ExeRtn=${EXECUTION_RESULTS[answer.result]}`;
		case "9013":
		case "9014":
			return "";
	}
}
