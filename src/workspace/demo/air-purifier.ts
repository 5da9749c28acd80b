import type { Language } from '#contract/workspace-api.ts'
import { EASING } from './air-purifier/easing.ts'
import { ENGLISH } from './air-purifier/english/index.ts'
import { numbers } from './air-purifier/numbers.ts'
import { OUTBREAK } from './air-purifier/outbreak.ts'
import { PEAK } from './air-purifier/peak.ts'
import { PEOPLE } from './air-purifier/people.ts'
import { WARNING } from './air-purifier/warning.ts'
import type { Department } from '#domain/people/assignment.ts'
import type { Story, StoryAct, Writing } from './story.ts'

/** Who notes what: by its matter where a tag names one, else by where such news come in. Decisions and turning points are the commander's. */
const BY_TAG: Readonly<Record<string, Department>> = {
  批次: 'technical',
  安全: 'technical',
  召回: 'business',
  来电: 'call-center',
  监管: 'legal',
  媒体: 'pr',
}
const BY_KIND: Partial<Record<Writing['kind'], Department>> = {
  observation: 'social-media',
  'customer-voice': 'call-center',
  statement: 'pr',
  'media-report': 'pr',
  regulator: 'legal',
}

/**
 * Case 2 (C2-01…C2-14) as a story: an air purifier of an invented brand smokes in a child's room. Everybody in it, the brand and
 * the newspapers are made up. Acts stand in the order in which they happen.
 */
const AIR_PURIFIER: Story = {
  title: '清屿 Q3 空气净化器夜间冒烟，儿童受伤',
  commander: '周岚',
  series: {
    complaints: { name: '每小时投诉和咨询', unit: '件', metric: 'business', reading: 'increments' },
    searches: { name: '每小时搜索量', unit: '次', metric: 'spread', reading: 'increments' },
    negative: { name: '负面占比', unit: '%', metric: 'sentiment', reading: 'level' },
    media: { name: '近 24 小时报道媒体', unit: '家', metric: 'influence', reading: 'level' },
  },
  acts: [...PEOPLE, ...WARNING, ...OUTBREAK, ...PEAK, ...EASING, ...numbers()].toSorted((a, b) => a.at - b.at).map(withWriter),
}

function withWriter(act: StoryAct): StoryAct {
  if (act.do !== 'write' || act.kind === 'decision' || act.kind === 'turning-point') return act
  const by = act.tags?.map((tag) => BY_TAG[tag]).find((one) => one !== undefined) ?? BY_KIND[act.kind]
  return by === undefined ? act : { ...act, by }
}

/** The same value with each of its texts in English; what has no English, such as a key, stays. */
function inEnglish(value: unknown): unknown {
  if (typeof value === 'string') return ENGLISH[value] ?? value
  if (Array.isArray(value)) return value.map(inEnglish)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, inEnglish(part)]))
}

/** The story in a language: the same acts at the same times. */
export function airPurifierIn(language: Language): Story {
  // Only texts are exchanged, so that the shape stays.
  return language === 'en' ? (inEnglish(AIR_PURIFIER) as Story) : AIR_PURIFIER
}
