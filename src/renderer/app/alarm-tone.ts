const NOTE_S = 0.16
const GAP_S = 0.1

/** Tone frequencies in hertz: two low notes for a warning, three high ones for an overdue clock, two rising ones for being called. */
const NOTES = { soon: [523, 523], late: [784, 659, 784], called: [587, 880] } as const

let audio: AudioContext | null = null

/** Plays a short tone. Silent if the browser blocks audio before the first user gesture. */
export function playAlarmTone(kind: keyof typeof NOTES): void {
  audio ??= new AudioContext()
  const context = audio
  void context.resume().then(() => {
    NOTES[kind].forEach((pitch, index) => {
      const at = context.currentTime + index * (NOTE_S + GAP_S)
      const note = context.createOscillator()
      const loudness = context.createGain()
      note.frequency.value = pitch
      // Fade in and out to avoid clicks.
      loudness.gain.setValueAtTime(0, at)
      loudness.gain.linearRampToValueAtTime(0.25, at + 0.02)
      loudness.gain.linearRampToValueAtTime(0, at + NOTE_S)
      note.connect(loudness).connect(context.destination)
      note.start(at)
      note.stop(at + NOTE_S)
    })
  })
}
