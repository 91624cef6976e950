// Words of the incident pages and of what the desk and the wall say of incidents. {{name}} is filled in.
import { incidentEn } from "./incident_en.ts";
import { incidentPast } from "./incident_past.ts";
import { incidentZh } from "./incident_zh.ts";

export const incident = {
	zh: { ...incidentZh, past: incidentPast.zh },
	en: { ...incidentEn, past: incidentPast.en },
};
