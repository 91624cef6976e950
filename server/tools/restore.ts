// `npm run restore -- FILE`: a backup into an empty data folder (LIAOWANG_DATA, ./data). A folder that holds anything is
// left as it is.
import { NotEmptyError, restore } from "../store/restore.ts";
import { toolArguments } from "./data_folder.ts";

const { file, folder } = toolArguments("restore");
try {
	const manifest = await restore(file, folder);
	const made = new Date(manifest.at).toISOString();
	console.log(
		`已恢复 ${manifest.readings} 条读数（备份时间 ${made}）到 ${folder} · restored ${manifest.readings} readings of ${made}`,
	);
} catch (error) {
	if (error instanceof NotEmptyError)
		console.error(`数据目录不是空的，未作任何改动：${folder} · the data folder is not empty; nothing was changed`);
	else
		console.error(
			`恢复失败，数据目录仍为空 · the restore failed, the folder is empty again: ${error instanceof Error ? error.message : String(error)}`,
		);
	process.exitCode = 1;
}
