// A dust or air station that dials in over HJ 212 and sends hour data, waiting for each 9014 as a careful device does.
import { connect, type Socket } from "node:net";
import { encodeUplink } from "../../ingest/hj212/encode.ts";
import { FrameStream } from "../../ingest/hj212/frame_stream.ts";
import { qnText } from "../../ingest/hj212/values.ts";

export class Station {
	private readonly socket: Socket;
	private readonly mn: string;
	private readonly frames = new FrameStream();
	private answered: (() => void) | null = null;
	private failed: ((error: Error) => void) | null = null;

	private constructor(socket: Socket, mn: string) {
		this.socket = socket;
		this.mn = mn;
		socket.on("data", (chunk) => {
			for (const event of this.frames.push(chunk)) if (event.type === "frame") this.answered?.();
		});
		socket.on("close", () => this.failed?.(new Error(`the door closed the connection of ${mn}`)));
		socket.on("error", (error) => this.failed?.(error));
	}

	static dial(port: number, mn: string): Promise<Station> {
		return new Promise((resolve, reject) => {
			const socket = connect(port, "127.0.0.1", () => resolve(new Station(socket, mn)));
			socket.setNoDelay(true);
			socket.once("error", reject);
		});
	}

	/** CN 2061. Resolves when the platform has answered 9014; rejects when the connection ends instead. */
	sendHour(at: number, factors: readonly { code: string; value: number }[]): Promise<void> {
		const frames = encodeUplink({
			mn: this.mn,
			pw: "123456",
			qn: qnText(at),
			st: "22",
			cn: "2061",
			edition: 2017,
			answerWanted: true,
			dataTime: at,
			factors: factors.map(({ code, value }) => ({ code, values: [["Avg", value]], flag: "N" })),
		});
		return new Promise((resolve, reject) => {
			this.answered = resolve;
			this.failed = reject;
			for (const frame of frames) this.socket.write(frame);
		});
	}

	close(): void {
		this.failed = null;
		this.socket.destroy();
	}
}
