// Words of signing in, passwords, people and the audit log, in both languages.
import { peopleEn } from "./people_en.ts";
import { peopleZh } from "./people_zh.ts";

export const people = { zh: peopleZh, en: peopleEn };
