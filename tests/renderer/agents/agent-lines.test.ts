import { expect, test } from 'vitest'
import { decodeList, readAgentLines } from '../../../src/renderer/features/agents/settings/agent-lines.ts'

const GROUPS = [
  { id: 'a', name: '热线', vendor: null },
  { id: 'b', name: 'Night', vendor: '外呼公司' },
]
const read = (text: string, numbers: string[] = []) => readAgentLines(text, { groups: GROUPS, numbers: new Set(numbers) })
const problems = (text: string, numbers: string[] = []) =>
  read(text, numbers).map((one) => (one.agent === null ? `${one.line} ${one.problem} ${one.about}` : one.agent.number))

test('a list is read as it is copied from a table, typed with Chinese commas, or exported with quotes and a head', () => {
  const king = { number: '1001', name: '王芳', vendor: null, groups: ['a'] }
  for (const text of ['1001\t王芳\t\t热线', '1001，王芳，，热线', '\uFEFF工号,姓名,公司,组\r\n"1001","王芳",,热线\r\n', '1001;王芳;;热线'])
    expect(read(text).map(({ agent }) => agent)).toEqual([king])
  expect(read('1002,"Li, ""Q""",,night / 热线')[0]?.agent).toEqual({
    number: '1002',
    name: 'Li, "Q"',
    vendor: '外呼公司',
    groups: ['b', 'a'],
  })
  expect(read('1003,李,别家,night')[0]?.agent?.vendor).toBe('别家')
  // Without digits below, the first line is an agent as well.
  expect(read('anna,Anna\nben,Ben').map(({ agent }) => agent?.number)).toEqual(['anna', 'ben'])
})

test('each wrong line is named with what is wrong, and the others are read', () => {
  const text = [',无', '7,', '8,甲', '8,乙', 'A9,丙', '10,丁,,白班', `11,${'长'.repeat(41)}`, '12,戊'].join('\n')
  expect(problems(text, ['a9'])).toEqual([
    '1 number-missing 无',
    '2 name-missing 7',
    '8',
    '4 number-twice 8',
    '5 number-taken A9',
    '6 group-unknown 白班',
    `7 name-long ${'长'.repeat(41)}`,
    '12',
  ])
})

test('a file of a Chinese spreadsheet is read in its encoding', () => {
  expect(decodeList(new TextEncoder().encode('1001,王芳'))).toBe('1001,王芳')
  expect(decodeList(Uint8Array.from([0x31, 0x2c, 0xcd, 0xf5]))).toBe('1,王')
})
