// Why a message did not get out, in words for people: one sentence for each code that server/reach answers with. Written into the
// log lines and alarms of a channel by core, shown by the page. Pure; what came back from the other side is never repeated.
import { text } from "./define.ts";
import type { Text } from "./measure.ts";
import type { Problem } from "./problem.ts";

export const outletFaults = {
	"bad-url": text("地址写法不对", "the address is not written rightly"),
	"not-allowed": text("地址不在允许连接的地址表内", "the address is not on the list of allowed ones"),
	"no-address": text("域名解析不到地址", "the name has no address"),
	unreachable: text("连接不上", "cannot be reached"),
	slow: text("对方在时限内没有应答", "no answer in time"),
	"too-long": text("应答过长，不像是网关", "the answer is too long to be a gateway's"),
	refused: text("对方拒收", "the other side refused it"),
	nobody: text("没有收件号码或地址", "nobody to send it to"),
	"no-outlet": text("渠道已删除", "the channel was removed"),
	broken: text("程序内部错误", "an error of our own"),
	"self-signed": text(
		"对方证书是自签名的，不受信任：请在渠道中填入签发它的根证书",
		"the certificate is self-signed and not trusted: enter its authority in the channel",
	),
	"unknown-authority": text(
		"对方证书的签发机构不受信任：请在渠道中填入签发它的根证书",
		"the certificate's authority is not trusted: enter it in the channel",
	),
	"wrong-name": text("对方证书不是这个主机名的", "the certificate is not for this host"),
	"certificate-time": text(
		"对方证书已过期或尚未生效（也请核对本机时钟）",
		"the certificate has expired or is not valid yet (check this machine's clock too)",
	),
	"bad-tls": text("加密连接未能建立", "no encrypted connection could be made"),
	"chain-broken": text("报警链路未走通，心跳已停发", "the alarm chain is not whole: the heartbeat stands still"),
} as const satisfies Readonly<Record<string, Text>>;

/** Answers and words of the system that help who mends it: "HTTP 503", "2/3: ECONNREFUSED", "sms.example.cn". */
const TECHNICAL = /^(\d+\/\d+: )?((HTTP|SMTP) \d{3}|[A-Z][A-Z0-9_]{2,})$/;

export function outletFaultText({ problem, detail, where }: Problem): Text {
	const known: Text = Object.hasOwn(outletFaults, problem)
		? outletFaults[problem as keyof typeof outletFaults]
		: text(problem, problem);
	const more = where ?? (detail !== undefined && TECHNICAL.test(detail) ? detail : null);
	return more === null ? known : text(`${known.zh}（${more}）`, `${known.en} (${more})`);
}
