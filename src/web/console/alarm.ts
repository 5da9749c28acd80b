import { useCallback, useEffect, useMemo, useState } from 'react'
import { z } from 'zod'
import { stored } from '../page/stored.ts'

/** `blocked`: the browser plays nothing until somebody touches the page. */
export type AlarmState = 'ready' | 'blocked' | 'muted' | 'none'
export type Alarm = { state: AlarmState; toggle: () => void; beep: () => void }

const kept = stored('stormroom.console.muted', z.boolean())
const TONES = [880, 1175, 880]

function play(audio: AudioContext): void {
  for (const [index, frequency] of TONES.entries()) {
    const tone = audio.createOscillator()
    const volume = audio.createGain()
    const start = audio.currentTime + index * 0.22
    tone.frequency.value = frequency
    volume.gain.setValueAtTime(0.0001, start)
    volume.gain.exponentialRampToValueAtTime(0.25, start + 0.02)
    volume.gain.exponentialRampToValueAtTime(0.0001, start + 0.2)
    tone.connect(volume).connect(audio.destination)
    tone.start(start)
    tone.stop(start + 0.21)
  }
}

/** A sound for urgent texts. Browsers allow it only after the first touch of the page, so its state is shown. */
export function useAlarm(): Alarm {
  const [muted, setMuted] = useState(() => kept.read() ?? false)
  const [running, setRunning] = useState(false)
  const audio = useMemo(() => ('AudioContext' in globalThis ? new AudioContext() : null), [])
  useEffect(() => {
    if (!audio) return
    const look = () => setRunning(audio.state === 'running')
    const wake = () => void audio.resume().then(look, look)
    look()
    audio.addEventListener('statechange', look)
    window.addEventListener('pointerdown', wake)
    window.addEventListener('keydown', wake)
    return () => {
      audio.removeEventListener('statechange', look)
      window.removeEventListener('pointerdown', wake)
      window.removeEventListener('keydown', wake)
    }
  }, [audio])
  const beep = useCallback(() => {
    if (audio?.state === 'running' && !muted) play(audio)
  }, [audio, muted])
  const toggle = () => {
    kept.write(!muted)
    setMuted(!muted)
  }
  const state = audio === null ? 'none' : muted ? 'muted' : running ? 'ready' : 'blocked'
  return { state, beep, toggle }
}
