import { expect, test } from "vitest";
import { outletFaultText } from "./outlet_fault.ts";

test("T-44 a fault is told in Chinese with what helps to mend it, never with what the other side wrote", () => {
	expect(outletFaultText({ problem: "refused", detail: "2/3: HTTP 503" }).zh).toBe("对方拒收（2/3: HTTP 503）");
	expect(outletFaultText({ problem: "wrong-name", where: "sms.example.cn" }).zh).toContain("sms.example.cn");
	expect(outletFaultText({ problem: "unreachable", detail: "ECONNREFUSED" }).zh).toBe("连接不上（ECONNREFUSED）");
	expect(outletFaultText({ problem: "slow", detail: "no answer within 5000 ms" }).zh).toBe("对方在时限内没有应答");
	expect(outletFaultText({ problem: "constructor" }).zh).toBe("constructor");
});
