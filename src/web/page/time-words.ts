import type { Language } from './words.tsx'

/** A moment as people say it: 14:03 today, else with weekday and date. Times of this machine's zone. */
export function momentWords(at: number, now: number, language: Language): string {
  const isToday = new Date(at).toDateString() === new Date(now).toDateString()
  const format: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }
  if (!isToday) Object.assign(format, { weekday: 'short', month: 'numeric', day: 'numeric' })
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'zh-CN', format).format(at)
}
