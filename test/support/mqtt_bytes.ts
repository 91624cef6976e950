// MQTT 3.1.1 packets byte by byte, as no client library would send them, and the few that a broker answers. For tests.

function text(value: string | Uint8Array): Buffer {
	const bytes = Buffer.from(value);
	return Buffer.concat([Buffer.of(bytes.length >> 8, bytes.length & 0xff), bytes]);
}

export function packet(firstByte: number, body: Uint8Array): Buffer {
	const header = [firstByte];
	let rest = body.length;
	do {
		const digit = rest % 128;
		rest = Math.floor(rest / 128);
		header.push(rest > 0 ? digit | 0x80 : digit);
	} while (rest > 0);
	return Buffer.concat([Buffer.from(header), body]);
}

export interface Hello {
	readonly clientId?: string | Uint8Array;
	readonly user?: string | Uint8Array | null;
	readonly password?: string | Uint8Array | null;
	readonly clean?: boolean;
	readonly keepAliveS?: number;
	readonly will?: { readonly topic: string; readonly payload: string };
}

export function connectPacket(hello: Hello = {}): Buffer {
	const { clientId = "wire", user = null, password = null, clean = true, keepAliveS = 60, will } = hello;
	const flags =
		(user === null ? 0 : 0x80) | (password === null ? 0 : 0x40) | (will === undefined ? 0 : 0x0c) | (clean ? 2 : 0);
	const body = [text("MQTT"), Buffer.of(4, flags, keepAliveS >> 8, keepAliveS & 0xff), text(clientId)];
	if (will !== undefined) body.push(text(will.topic), text(will.payload));
	if (user !== null) body.push(text(user));
	if (password !== null) body.push(text(password));
	return packet(0x10, Buffer.concat(body));
}

export function publishPacket(
	topic: string | Uint8Array,
	payload: string | Uint8Array,
	{ qos = 1, retain = false, id = 1, dup = false } = {},
): Buffer {
	const first = 0x30 | (dup ? 8 : 0) | (qos << 1) | (retain ? 1 : 0);
	const idBytes = qos > 0 ? Buffer.of(id >> 8, id & 0xff) : Buffer.alloc(0);
	return packet(first, Buffer.concat([text(topic), idBytes, Buffer.from(payload)]));
}

export function subscribePacket(filter: string, id = 1): Buffer {
	return packet(0x82, Buffer.concat([Buffer.of(id >> 8, id & 0xff), text(filter), Buffer.of(1)]));
}

export const PING = Buffer.of(0xc0, 0);
export const PING_ANSWER = Buffer.of(0xd0, 0);

export function puback(id: number): Buffer {
	return Buffer.of(0x40, 2, id >> 8, id & 0xff);
}

export function connack(returnCode: number): Buffer {
	return Buffer.of(0x20, 2, 0, returnCode);
}
