// `npm run cert -- [NAME OR ADDRESS ...]`: a local authority (made once, kept in the data folder) and a certificate for this machine's
// names and addresses, then what to set and which file the browsers must trust. For a house without a certificate of its own.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { hostname, networkInterfaces } from "node:os";
import { join, resolve } from "node:path";
import { systemClock } from "../clock.ts";
import { readConfig } from "../config.ts";
import { AUTHORITY_FILE } from "../simulate/own_authority.ts";
import { type Issued, makeAuthority, makeServer } from "./cert/certificate.ts";

const AUTHORITY = "瞭望 Liaowang local authority";
const given = process.argv.slice(2);
const bad = given.filter((host) => !/^[a-zA-Z0-9.:-]{1,253}$/.test(host) || host.startsWith("-"));
const config = readConfig({ LIAOWANG_DATA: process.env.LIAOWANG_DATA });
if (bad.length > 0 || Array.isArray(config)) {
	console.error("用法 · usage: npm run cert -- [本机域名或地址 · name or address of this machine ...]");
	process.exit(1);
}

const folder = join(resolve(process.env.INIT_CWD ?? ".", config.dataFolder), "tls");
const paths = {
	ca: join(folder, AUTHORITY_FILE),
	caKey: join(folder, "authority.key"),
	cert: join(folder, "server.crt"),
	key: join(folder, "server.key"),
};

/** Kept: a new one would have to be trusted anew on every desk. */
function authority(): Issued {
	if (existsSync(paths.ca) && existsSync(paths.caKey))
		return { cert: readFileSync(paths.ca, "utf8"), key: readFileSync(paths.caKey, "utf8") };
	const made = makeAuthority(AUTHORITY, systemClock.now());
	writeFileSync(paths.ca, made.cert);
	writeFileSync(paths.caKey, made.key, { mode: 0o600 });
	return made;
}

function ownNames(): string[] {
	const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
	// A link-local address is reached with a zone that no certificate names.
	const reached = addresses.map(({ address }) => address).filter((address) => !address.startsWith("fe80"));
	return [...new Set([...given, hostname(), "localhost", ...reached])];
}

try {
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	const names = ownNames();
	const made = makeServer({ ...authority(), name: AUTHORITY }, names, systemClock.now());
	writeFileSync(paths.cert, made.cert);
	writeFileSync(paths.key, made.key, { mode: 0o600 });
	console.log(`已签发证书，397 天有效，适用于 · issued for 397 days, for: ${names.join(" ")}`);
	console.log("启动时设置 · set at the start:");
	console.log(`  LIAOWANG_TLS_CERT=${paths.cert} LIAOWANG_TLS_KEY=${paths.key}`);
	console.log(
		"在各席位电脑和手机上将下列文件安装为受信任的根证书 · install as a trusted root on every desk and phone:",
	);
	console.log(`  ${paths.ca}`);
	console.log(`私钥请勿外传 · keep to yourself: ${paths.caKey}`);
} catch (error) {
	console.error(`未能签发 · could not be issued: ${error instanceof Error ? error.message : String(error)}`);
	process.exitCode = 1;
}
