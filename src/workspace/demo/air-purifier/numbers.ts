import type { StoryAct, StorySeries } from '../story.ts'

/** Complaints and enquiries in each of the first 72 hours: more than 20,000 together (C2-01). It begins in the evening. */
export const COMPLAINTS_PER_HOUR: readonly number[] = [
  18, 64, 92, 88, 71, 60, 52, 46, 40, 38, 44, 52, 128, 172, 196, 187, 168, 152, 144, 150, 158, 163, 148, 136, 190, 228, 241, 214, 176, 142,
  120, 108, 96, 104, 148, 236, 338, 402, 441, 456, 428, 405, 391, 402, 426, 448, 431, 398, 462, 521, 548, 497, 421, 344, 290, 251, 228, 240,
  318, 436, 548, 615, 602, 571, 534, 520, 546, 560, 602, 540, 372, 180,
]

/** Where a figure stands at an hour of the story; between two it changes evenly. */
const COURSES: Record<Exclude<StorySeries, 'complaints'>, readonly (readonly [hour: number, value: number])[]> = {
  searches: [
    [0, 1400],
    [3, 2600],
    [8, 1900],
    [12, 5600],
    [17, 14_000],
    [24, 12_600],
    [32, 9_800],
    [38, 15_800],
    [48, 19_400],
    [58, 12_200],
    [62, 20_600],
    [68, 22_400],
    [72, 13_100],
  ],
  negative: [
    [0, 48],
    [1, 71],
    [3, 77],
    [4, 81],
    [6, 75],
    [8, 73],
    [12, 74],
    [24, 75],
    [36, 81],
    [46, 86],
    [50, 89],
    [56, 90],
    [68, 88],
    [71, 79],
    [72, 76],
  ],
  media: [
    [0, 0],
    [9, 1],
    [15, 2],
    [24, 3],
    [30, 6],
    [35, 11],
    [40, 18],
    [48, 27],
    [56, 33],
    [68, 52],
    [72, 61],
  ],
}

const LATER: readonly (readonly [hour: number, values: Record<keyof typeof COURSES, number>])[] = [
  [96, { searches: 6200, negative: 61, media: 26 }],
  [120, { searches: 2240, negative: 48, media: 8 }],
  [122, { searches: 5200, negative: 51, media: 9 }],
  [133, { searches: 2240, negative: 46, media: 3 }],
  [168, { searches: 1900, negative: 39, media: 2 }],
  [240, { searches: 1750, negative: 30, media: 1 }],
  [300, { searches: 1680, negative: 24, media: 1 }],
  [480, { searches: 1500, negative: 21, media: 0 }],
]

/** After the three days complaints fade out, and are counted by the hour for the rest of the week. */
function fading(hour: number): number {
  return Math.round(150 * Math.exp((72 - hour) / 40))
}

function valueAt(course: readonly (readonly [number, number])[], hour: number): number {
  const next = course.findIndex(([at]) => at >= hour)
  const [toHour, to] = course[next] ?? course.at(-1) ?? [0, 0]
  const [fromHour, from] = course[next - 1] ?? [toHour, to]
  return toHour === fromHour ? to : Math.round(from + ((to - from) * (hour - fromHour)) / (toHour - fromHour))
}

/** All numbers of the story: by the hour for three days, fewer after that. Each is entered at the end of its hour. */
export function numbers(): StoryAct[] {
  const hourly = COMPLAINTS_PER_HOUR.flatMap((complaints, index): StoryAct[] => {
    const hour = index + 1
    const others = (Object.keys(COURSES) as (keyof typeof COURSES)[]).map((series): StoryAct => ({
      at: hour * 60,
      do: 'number',
      series,
      value: valueAt(COURSES[series], hour),
    }))
    return [{ at: hour * 60, do: 'number', series: 'complaints', value: complaints }, ...others]
  })
  const later = LATER.flatMap(([hour, values]) =>
    Object.entries(values).map(([series, value]): StoryAct => ({ at: hour * 60, do: 'number', series: series as StorySeries, value })),
  )
  const faded = Array.from({ length: 168 - 72 }, (_, index): StoryAct => ({
    at: (index + 73) * 60,
    do: 'number',
    series: 'complaints',
    value: fading(index + 73),
  }))
  return [...hourly, ...faded, ...later]
}
