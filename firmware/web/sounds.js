// SPDX-License-Identifier: MIT
// Sounds that are told apart in a noisy hall: each has its own rhythm, direction and colour.
// A note is [hertz, start, length] in seconds.

const sounds = {
  ready: { wave: "sine", notes: [[660, 0, 0.09], [880, 0.1, 0.14]] },
  complete: { wave: "sine", notes: [[523, 0, 0.1], [659, 0.1, 0.1], [784, 0.2, 0.1], [1047, 0.3, 0.3]] },
  short: { wave: "square", notes: [[392, 0, 0.25], [262, 0.28, 0.5]] },
  over: { wave: "square", notes: [[262, 0, 0.25], [392, 0.28, 0.5]] },
  wrong: { wave: "sawtooth", notes: [[150, 0, 0.18], [150, 0.24, 0.18], [150, 0.48, 0.3]] },
  "too-many": { wave: "square", notes: [[740, 0, 0.07], [740, 0.12, 0.07], [740, 0.24, 0.07], [370, 0.36, 0.3]] },
  printer: { wave: "triangle", notes: [[988, 0, 0.12], [740, 0.2, 0.12], [988, 0.4, 0.12], [740, 0.6, 0.12]] },
  called: { wave: "sine", notes: [[784, 0, 0.35], [622, 0.4, 0.5]] },
  look: { wave: "triangle", notes: [[880, 0, 0.12], [880, 0.3, 0.12]] },
  tick: { wave: "square", notes: [[1320, 0, 0.035]] },
};

const loudness = { sine: 0.5, triangle: 0.5, square: 0.16, sawtooth: 0.22 };

let context = null;

export const soundNames = Object.keys(sounds);

// Browsers give sound only after a touch, unless the kiosk allows it from the start.
export function soundIsOn() {
  context ??= new AudioContext();
  return context.state === "running";
}

export async function openSound() {
  context ??= new AudioContext();
  await context.resume();
}

function playNote(wave, [hertz, start, length]) {
  const at = context.currentTime + 0.02 + start;
  const tone = new OscillatorNode(context, { type: wave, frequency: hertz });
  const gain = new GainNode(context, { gain: 0 });

  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(loudness[wave], at + 0.008);
  gain.gain.setValueAtTime(loudness[wave], at + Math.max(0.01, length - 0.02));
  gain.gain.linearRampToValueAtTime(0, at + length);
  tone.connect(gain).connect(context.destination);
  tone.start(at);
  tone.stop(at + length + 0.02);
}

export function playSound(name) {
  const sound = sounds[name];
  if (!sound || !soundIsOn()) return;
  for (const note of sound.notes) playNote(sound.wave, note);
}
