// A dust or air station that dials in over HJ 212 and sends hour data, waiting for each 9014 as a careful device does. The door
// closes idle connections; the station dials again when it has something to say.
import { connect, type Socket } from "node:net";
import { encodeUplink } from "../../ingest/hj212/encode.ts";
import { FrameStream } from "../../ingest/hj212/frame_stream.ts";
import { qnText } from "../../ingest/hj212/values.ts";

export class Station {
	private readonly port: number;
	private readonly mn: string;
	private socket: Socket | null = null;
	private answered: (() => void) | null = null;
	private failed: ((error: Error) => void) | null = null;

	constructor(port: number, mn: string) {
		this.port = port;
		this.mn = mn;
	}

	/** CN 2061. Resolves when the platform has answered 9014; rejects when the connection ends instead. */
	async sendHour(at: number, factors: readonly { code: string; value: number }[]): Promise<void> {
		const socket = this.socket ?? (await this.dial());
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
		await new Promise<void>((resolve, reject) => {
			this.answered = resolve;
			this.failed = reject;
			for (const frame of frames) socket.write(frame);
		});
		this.failed = null;
	}

	close(): void {
		this.socket?.destroy();
	}

	private dial(): Promise<Socket> {
		return new Promise((resolve, reject) => {
			const frames = new FrameStream();
			const socket = connect(this.port, "127.0.0.1", () => {
				this.socket = socket;
				socket.off("error", reject);
				socket.on("error", (error) => this.failed?.(error));
				resolve(socket);
			});
			socket.setNoDelay(true);
			socket.once("error", reject);
			socket.on("data", (chunk) => {
				for (const event of frames.push(chunk)) if (event.type === "frame") this.answered?.();
			});
			socket.on("close", () => {
				this.socket = null;
				this.failed?.(new Error(`the door closed the connection of ${this.mn}`));
			});
		});
	}
}
