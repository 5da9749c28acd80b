import { difference } from '#domain/wording/text/difference/difference.ts'
import { checkText } from '#domain/wording/text/checks/check-text.ts'
import { prepareOthers } from '#domain/wording/text/checks/contradictions.ts'
import { prepareRules } from '#domain/wording/text/checks/prepare-rules.ts'
import { DEFAULT_RULES } from '#domain/wording/text/checks/shipped/default-rules.ts'
import type { Benchmark, Figure } from './benchmark.ts'
import { percentile, timeEach } from './percentiles.ts'

const SIZE = 2000
const ASKED = 50
const FRAME_MS = 16
/** A comparison is asked for once, when somebody opens it. */
const OPENED_MS = 100

/** Sentences as a script holds them, with one finding among them. */
const SENTENCES = [
  '我理解您很着急，这件事换成谁都会担心。',
  '我们已经收到您的反映，最迟今天下午3点前给您回电。',
  '这一批共1200台，已召回860台，其余的正在逐户联系。',
  '您可以拨打{hotline}，或到购买的门店换货，两种办法都不收费。',
  '第三方检测由市级质检机构进行，报告在12月5日18:00前公布。',
  '问题会尽快解决。',
]

/** A script of so many characters; the numbers of another `seed` differ, so that nothing is found in a cache. */
function script(size: number, seed: number): string {
  let text = ''
  for (let index = 0; text.length < size; index += 1) {
    text += (SENTENCES[index % SENTENCES.length] ?? '').replace('1200', String(1000 + ((index + seed) % 900)))
  }
  return text.slice(0, size)
}

function figure(name: string, limit: number, run: (size: number, seed: number) => void): Figure {
  let seed = 0
  const times = (size: number) =>
    percentile(
      timeEach(ASKED, () => run(size, (seed += 1))),
      0.5,
    )
  // Both sizes run on compiled code, so that their ratio is that of the work.
  for (const size of [SIZE, SIZE / 2]) timeEach(ASKED, () => run(size, (seed += 1)))
  return {
    name,
    value: times(SIZE),
    unit: 'ms',
    more: false,
    baseline: { name: 'half as long', value: times(SIZE / 2) },
    goal: { of: 'value', limit },
  }
}

/** The time to check a script at each keystroke, with the shipped rules and eight other live messages, and to compare two versions. */
export const wordingBenchmark: Benchmark = {
  name: 'wording',
  about: `a script of ${SIZE} characters checked and compared, ${ASKED} times each; a check to be done within a frame of ${FRAME_MS} ms; ratio against a text half as long, which is 2 where time grows as the text does`,
  run() {
    const rules = prepareRules(DEFAULT_RULES, 'zh-Hans')
    const others = prepareOthers(Array.from({ length: 8 }, (_none, index) => ({ id: `${index}`, title: '', blocks: [script(500, index)] })))
    return Promise.resolve([
      figure('checked by the shipped rules', FRAME_MS, (size, seed) => void checkText({ text: script(size, seed), rules })),
      figure(
        'also against eight messages',
        FRAME_MS,
        (size, seed) => void checkText({ text: script(size, seed), rules, others, audience: 'silver' }),
      ),
      figure(
        'compared with the version before',
        OPENED_MS,
        (size, seed) => void difference([script(size, seed)], [script(size, seed + 7)]),
      ),
    ])
  },
}
