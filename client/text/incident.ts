// Words of the incident pages and of what the desk and the wall say of incidents. {{name}} is filled in.
import { incidentEn } from "./incident_en.ts";
import { incidentZh } from "./incident_zh.ts";

export const incident = { zh: incidentZh, en: incidentEn };
