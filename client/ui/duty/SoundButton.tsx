// Whether this desk can be heard: the buttons in the band (arm, silence for half a minute, on the phone), and the red bar while a
// person on duty could not hear an alarm.
import { Phone, PhoneOff, Volume2, VolumeX } from "lucide-react";
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
	const live = useLive();
	const mayAcknowledge = useMay("alarm.acknowledge");
	useChange(live.sound.change);
	return (
		<span className="sound-buttons">
			{mayAcknowledge && live.sound.state === "armed" ? <TalkButton /> : null}
			<ArmButton />
		</span>
	);
}

function ArmButton(): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	const arm = useArm();
	useChange(live.sound.change);
	useChange(live.alarms.change);
	const { state, silentMs } = live.sound;
	if (live.sound.isSounding) {
		return (
			<button
				type="button"
				className="button sound sounding"
				data-sound="sounding"
				onClick={() => live.sound.silence()}
			>
				<Volume2 size="1.1em" aria-hidden="true" />
				{t("sound.silence")}
			</button>
		);
	}
	const word = silentMs > 0 ? t("reach.sound.silent", { seconds: Math.ceil(silentMs / 1_000) }) : t(`sound.${state}`);
	return (
		<button
			type="button"
			className={`button sound ${state}`}
			aria-pressed={state === "armed"}
			disabled={state === "armed"}
			data-sound={state}
			title={word}
			onClick={arm}
		>
			{state === "armed" && silentMs === 0 ? (
				<Volume2 size="1.1em" aria-hidden="true" />
			) : (
				<VolumeX size="1.1em" aria-hidden="true" />
			)}
			<span className="sound-word">{word}</span>
		</button>
	);
}

/** 通话中: a desk on the phone is quiet, and the server knows why. */
function TalkButton(): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	useChange(live.sound.change);
	useChange(live.second);
	const { talkingMs } = live.sound;
	const isTalking = talkingMs > 0;
	const time = `${Math.floor(talkingMs / 60_000)}:${String(Math.floor((talkingMs / 1_000) % 60)).padStart(2, "0")}`;
	return (
		<button
			type="button"
			className={`button talk${isTalking ? " talking" : ""}`}
			aria-pressed={isTalking}
			data-talking={isTalking}
			title={t(isTalking ? "reach.sound.talkEnd" : "reach.sound.talkHint")}
			onClick={() => live.sound.talk(!isTalking)}
		>
			{isTalking ? <PhoneOff size="1.05em" aria-hidden="true" /> : <Phone size="1.05em" aria-hidden="true" />}
			{isTalking ? t("reach.sound.talking", { time }) : t("reach.sound.talk")}
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
		<button type="button" className="sound-bar" data-sound-bar={state} onClick={arm}>
			<VolumeX size="1.1em" aria-hidden="true" />
			{t(state === "off" ? "sound.barOff" : "sound.barBlocked")}
			<span className="sound-bar-act">{t(state === "off" ? "sound.arm" : "sound.again")}</span>
		</button>
	);
}
