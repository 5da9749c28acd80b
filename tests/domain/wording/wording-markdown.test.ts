import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AUDIENCES, BLOCK_KINDS, WORDING_CHANNELS, type WordingContent } from '#domain/wording/content.ts'
import { fromMarkdown, toMarkdown } from '#domain/wording/wording-markdown.ts'

const line = fc.string({ maxLength: 30, unit: fc.constantFrom(...'我们会在今天 abc12#>[]?=-\\·：。') }).map((text) => text.trim())
const lines = fc.array(line, { minLength: 1, maxLength: 4 }).map((all) => all.join('\n').trim())
const numbered = <Part extends object>(parts: readonly Part[], letter: string) =>
  parts.map((part, index) => ({ ...part, id: `${letter}${index + 1}` }))

const content: fc.Arbitrary<WordingContent> = fc
  .record({
    title: line,
    core: lines,
    blocks: fc.array(
      fc
        .record({ kind: fc.constantFrom(...BLOCK_KINDS), text: lines, action: line, owner: line, deadline: line })
        .map((block) => (block.kind === 'commitment' ? block : { ...block, action: '', owner: '', deadline: '' })),
      { maxLength: 5 },
    ),
    objections: fc.array(fc.record({ ask: lines, answer: lines }), { maxLength: 3 }),
    variants: fc
      .array(
        fc.record({
          audience: fc.option(fc.constantFrom(...AUDIENCES)),
          channel: fc.option(fc.constantFrom(...WORDING_CHANNELS)),
          text: lines,
        }),
        {
          maxLength: 3,
        },
      )
      .map((all) => all.filter(({ audience, channel }) => audience !== null || channel !== null)),
  })
  .map(({ title, core, blocks, objections, variants }) => ({
    title,
    core,
    blocks: numbered(blocks, 'b'),
    objections: numbered(objections, 'o'),
    variants: numbered(variants, 'v'),
  }))

test('what is written as Markdown reads back as it was', () => {
  fc.assert(
    fc.property(content, (written) => {
      const read = fromMarkdown(toMarkdown(written))
      expect(read).toEqual({ ok: true, content: written })
    }),
  )
})

test('a file written by hand, in Chinese, is understood', () => {
  const read = fromMarkdown(`# 起火视频 首次回应
> 已停售同批次产品，正在检测。

各位客户，我们看到了视频。

[共情] 我理解您的担心。

[承诺] 我们会回电。
- 做什么：回电
- 谁负责：质检
- 最迟：今天 15:00

? 凭什么信你们？
= 检测由第三方完成。

[银发群体 · 电话] 请您先不要用。

[微博] 短一点。
`)
  if (!read.ok) throw new Error(read.detail)
  expect(read.content.blocks.map(({ kind, text }) => [kind, text])).toEqual([
    ['text', '各位客户，我们看到了视频。'],
    ['empathy', '我理解您的担心。'],
    ['commitment', '我们会回电。'],
  ])
  expect(read.content.blocks[2]).toMatchObject({ action: '回电', owner: '质检', deadline: '今天 15:00' })
  expect(read.content.variants).toEqual([
    { id: 'v1', audience: 'silver', channel: 'phone', text: '请您先不要用。' },
    { id: 'v2', audience: null, channel: 'weibo', text: '短一点。' },
  ])
})

test('nothing of a file without empty lines is lost', () => {
  const read = fromMarkdown('# 标题\n> 核心\n正文一行\n第二行\n\n## 小标题\n下面的话')
  if (!read.ok) throw new Error(read.detail)
  expect([read.content.title, read.content.core]).toEqual(['标题', '核心'])
  expect(read.content.blocks.map(({ kind, text }) => [kind, text])).toEqual([
    ['text', '正文一行\n第二行'],
    ['heading', '小标题'],
    ['text', '下面的话'],
  ])
})

test('any text reads without an error, or says which limit it exceeds', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => void fromMarkdown(text)))
  expect(fromMarkdown('火'.repeat(5000))).toMatchObject({ ok: false, detail: expect.stringContaining('blocks.0.text') as string })
})
