// Makes the recordings of the desk's phrases (client/sound/*.ogg) from their table, with the free voice eSpeak NG (Mandarin, read
// from pinyin) and opusenc: `apt-get install espeak-ng opus-tools`, then `npx node server/tools/make_phrases.ts`.
// The page's own files; an operator's recordings belong into the data folder's phrases/.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { phrases } from "#model/phrases.ts";

/** Debian packages espeak-ng and opus-tools. */
const SPEAKER = "espeak-ng";
const ENCODER = "opusenc";
const OUT = join(import.meta.dirname, "../../client/sound");
/** Words a minute and pitch (0 to 99): slow and clear, above the hum of a control room. */
const VOICE = ["-v", "cmn-latn-pinyin", "-s", "155", "-p", "50", "-a", "160", "-g", "1"];

const folder = mkdtempSync(join(tmpdir(), "liaowang-phrases-"));
mkdirSync(OUT, { recursive: true });
let bytes = 0;
for (const [name, { words, syllables }] of Object.entries(phrases)) {
	const wav = join(folder, `${name}.wav`);
	const ogg = join(OUT, `${name}.ogg`);
	// The dictionary of the voice knows few characters; syllables with tone numbers it reads all.
	execFileSync(SPEAKER, [...VOICE, "-w", wav, syllables]);
	// A fixed serial: the same table makes the same bytes.
	execFileSync(ENCODER, ["--quiet", "--bitrate", "20", "--downmix-mono", "--serial", "1", wav, ogg]);
	bytes += statSync(ogg).size;
	console.log(`${name}  ${words}  ${syllables}`);
}
rmSync(folder, { recursive: true });
console.log(`${Object.keys(phrases).length} phrases, ${Math.round(bytes / 1024)} KB in ${OUT}`);
