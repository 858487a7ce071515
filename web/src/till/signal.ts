// Yes, wait and no by ear and by hand. Short, distinct in pitch and rhythm, made by the browser: no sound file.

interface Note {
  hertz: number;
  startsAt: number;
  seconds: number;
}

const NOTES: Record<string, Note[]> = {
  yes: [
    { hertz: 659, startsAt: 0, seconds: 0.09 },
    { hertz: 988, startsAt: 0.09, seconds: 0.16 },
  ],
  wait: [
    { hertz: 494, startsAt: 0, seconds: 0.14 },
    { hertz: 494, startsAt: 0.22, seconds: 0.14 },
  ],
  no: [
    { hertz: 233, startsAt: 0, seconds: 0.18 },
    { hertz: 175, startsAt: 0.2, seconds: 0.3 },
  ],
};
const TOUCH: Record<string, number[]> = { yes: [40], wait: [40, 80, 40], no: [160, 60, 160] };
const LOUDNESS = 0.16;

let sound: AudioContext | undefined;

export function tell(tone: string): void {
  navigator.vibrate?.(TOUCH[tone] ?? []);
  try {
    sound ??= new AudioContext();
    void sound.resume();
    for (const note of NOTES[tone] ?? []) play(sound, note);
  } catch {
    // No sound on this device: colour, sign and words remain.
  }
}

function play(context: AudioContext, note: Note): void {
  const begin = context.currentTime + note.startsAt;
  const end = begin + note.seconds;
  const tone = context.createOscillator();
  const volume = context.createGain();
  tone.type = "triangle";
  tone.frequency.value = note.hertz;
  volume.gain.setValueAtTime(0, begin);
  volume.gain.linearRampToValueAtTime(LOUDNESS, begin + 0.012);
  volume.gain.exponentialRampToValueAtTime(0.001, end);
  tone.connect(volume).connect(context.destination);
  tone.start(begin);
  tone.stop(end);
}
