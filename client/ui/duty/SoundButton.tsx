// Whether this desk can be heard: the button in the band, and the red bar while a person on duty could not hear an alarm.
import { Volume2, VolumeX } from "lucide-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { TONES } from "../../live/sound_plan.ts";
import { useChange, useLive, useMay } from "../live_context.ts";

/** The blue tone: short, and answers the click that arms. */
const TEST_TONE = TONES[1];

function useArm(): () => void {
	const live = useLive();
	return () => {
		if (TEST_TONE !== null && TEST_TONE !== undefined) live.sound.arm(TEST_TONE).catch(reportError);
	};
}

export function SoundButton(): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	const arm = useArm();
	useChange(live.sound.change);
	useChange(live.alarms.change);
	const { state } = live.sound;
	if (live.sound.isSounding) {
		return (
			<button type="button" className="button sound sounding" onClick={() => live.sound.silence()}>
				<Volume2 size="1.1em" aria-hidden="true" />
				{t("sound.silence")}
			</button>
		);
	}
	return (
		<button
			type="button"
			className={`button sound ${state}`}
			aria-pressed={state === "armed"}
			disabled={state === "armed"}
			data-sound={state}
			title={t(`sound.${state}`)}
			onClick={arm}
		>
			{state === "armed" ? <Volume2 size="1.1em" aria-hidden="true" /> : <VolumeX size="1.1em" aria-hidden="true" />}
			<span className="sound-word">{t(`sound.${state}`)}</span>
		</button>
	);
}

/** Only for those whose work is to hear it. */
export function SoundBar(): ReactElement | null {
	const { t } = useTranslation();
	const live = useLive();
	const arm = useArm();
	const mayAcknowledge = useMay("alarm.acknowledge");
	useChange(live.sound.change);
	const { state } = live.sound;
	if (state === "armed" || (state === "off" && !mayAcknowledge)) return null;
	return (
		<button type="button" className="sound-bar" onClick={arm}>
			<VolumeX size="1.1em" aria-hidden="true" />
			{t(state === "off" ? "sound.barOff" : "sound.barBlocked")}
			<span className="sound-bar-act">{t(state === "off" ? "sound.arm" : "sound.again")}</span>
		</button>
	);
}
