const NOTE_S = 0.16
const GAP_S = 0.1

/** What is heard: a warning is two low notes, a clock that ran out three high ones, being called two rising ones. */
const NOTES = { soon: [523, 523], late: [784, 659, 784], called: [587, 880] } as const

let audio: AudioContext | null = null

/** Plays a short tone. Where the browser allows no sound before the first press, nothing is heard. */
export function playAlarmTone(kind: keyof typeof NOTES): void {
  audio ??= new AudioContext()
  const context = audio
  void context.resume().then(() => {
    NOTES[kind].forEach((pitch, index) => {
      const at = context.currentTime + index * (NOTE_S + GAP_S)
      const note = context.createOscillator()
      const loudness = context.createGain()
      note.frequency.value = pitch
      // Swells and fades, so that it does not click.
      loudness.gain.setValueAtTime(0, at)
      loudness.gain.linearRampToValueAtTime(0.25, at + 0.02)
      loudness.gain.linearRampToValueAtTime(0, at + NOTE_S)
      note.connect(loudness).connect(context.destination)
      note.start(at)
      note.stop(at + NOTE_S)
    })
  })
}
