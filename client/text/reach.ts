// Words of reaching a person, in both languages.
import { reachEn } from "./reach_en.ts";
import { reachZh } from "./reach_zh.ts";

export const reach = { zh: reachZh, en: reachEn };
