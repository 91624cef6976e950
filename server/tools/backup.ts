// `npm run backup -- FILE`: the whole data folder (LIAOWANG_DATA, ./data) into one file, while the server runs or not.
import { resolve } from "node:path";
import { systemClock } from "../clock.ts";
import { backUp } from "../store/backup.ts";
import { toolArguments } from "./data_folder.ts";

const { file, folder } = toolArguments("backup");
try {
	const { bytes, readings, damaged } = backUp(folder, file, systemClock.now());
	for (const what of damaged)
		console.error(`数据目录中有损坏，已原样备份 · damaged in the data folder, copied as it is: ${what}`);
	const size = `${(bytes / 1e6).toFixed(1)} MB`;
	console.log(`已备份 ${readings} 条读数，${size}：${resolve(file)} · backed up ${readings} readings, ${size}`);
	process.exitCode = damaged.length > 0 ? 2 : 0;
} catch (error) {
	console.error(`备份失败 · the backup failed: ${error instanceof Error ? error.message : String(error)}`);
	process.exitCode = 1;
}
