import { describe, expect, test } from 'vitest'
import { run, runJson } from './run-command.ts'
import { runInside } from './run-inside.ts'

const COMMANDS = ['start', 'init', 'declare', 'incidents', 'import', 'export', 'search', 'verify']

describe('help', () => {
  test('names every command and every exit code, in Chinese and in English', async () => {
    for (const [language, heading, exits] of [
      ['zh-Hans', '用法：', '退出码：'],
      ['en', 'Usage:', 'Exit codes:'],
    ] as const) {
      const { code, out, err } = await runInside(['--help'], language)
      expect([code, err]).toEqual([0, ''])
      expect(out).toContain(heading)
      for (const command of COMMANDS) expect(out).toContain(`  ${command} `)
      for (const exit of [0, 1, 2, 3, 4, 5, 130]) expect(out.slice(out.indexOf(exits))).toMatch(new RegExp(`^ +${exit}  `, 'm'))
    }
  })

  test('every command has its own, with --data and --json', async () => {
    for (const command of COMMANDS) {
      const { code, out } = await runInside([command, '--help'])
      expect(code, command).toBe(0)
      expect(out).toContain(`stormroom ${command}`)
      expect(out).toContain('--data <folder>')
      expect(out).toContain('--json')
      expect(out, 'words without a translation').not.toMatch(
        /\b(help|start|init|declare|incidents|import|export|search|verify|exits)\.[a-z-]+/,
      )
    }
  })

  test('the language follows LC_ALL and LANG', async () => {
    expect((await run(['--help'], { env: { LANG: 'en_US.UTF-8' } })).out).toContain('Usage:')
    expect((await run(['--help'], { env: { LANG: 'en_US.UTF-8', LC_ALL: 'zh_TW.UTF-8' } })).out).toContain('用法：')
  })

  test('--version says the version of the package; no command at all is a mistake that shows the help', async () => {
    expect(await run(['--version'])).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as string })
    const nothing = await runInside([])
    expect([nothing.code, nothing.out]).toEqual([2, ''])
    expect(nothing.err).toContain('用法：')
  })
})

describe('a mistake in the command', () => {
  const mistakes: [string[], RegExp][] = [
    [['declare'], /--title/],
    [['declare', '--title', 'x', '--type', 'nonsense', '--level', '1'], /service-complaint/],
    [['declare', '--title', 'x', '--type', 'public-event', '--level', '4'], /III/],
    [['declare', '--title'], /--title/],
    [['nonsense'], /nonsense/],
    [['verify', '--nonsense'], /--nonsense/],
    [['verify', 'more'], /./],
    [['search'], /words/],
    [['search', 'x', '--limit', '0'], /200/],
    [['export', 'x', '--format', 'pdf'], /xlsx/],
    [['export', 'x'], /--format/],
    [['import', 'x.csv', '--as', 'timeline'], /--incident/],
    [['import', 'x.csv', '--incident', 'x', '--as', 'nonsense'], /numbers/],
    [['import', 'x.csv', '--incident', 'x', '--as', 'timeline', '--map', 'text'], /field=column/],
    [['import', 'x.csv', '--incident', 'x', '--as', 'timeline', '--zone', 'Mars/Olympus'], /Asia\/Shanghai/],
    [['start', '--port', '70000'], /65535/],
    [['start', '--port', '-1'], /--port|-1/],
  ]

  test.each(mistakes)('%j ends with code 2 and one sentence in either language', async (args, named) => {
    for (const [language, words] of [
      ['zh-Hans', /[\u4e00-\u9fff]/],
      ['en', /^[^\u4e00-\u9fff]+$/],
    ] as const) {
      const { code, out, err } = await runInside(args, language)
      expect([code, out]).toEqual([2, ''])
      expect(err).toMatch(named)
      expect(err).toMatch(words)
      expect(err.trimEnd()).not.toContain('\n')
    }
  })

  test('with --json it is one document that says the same', async () => {
    // The fourth is left out: it would take --json as the title.
    for (const [args, named] of mistakes.filter((_, index) => index !== 3)) {
      const { code, out, err } = await runInside([...args, '--json'])
      expect([code, err]).toEqual([2, ''])
      const document = JSON.parse(out) as { ok: boolean; failure: { code: string; message: string } }
      expect(document).toMatchObject({ ok: false, failure: { code: 'usage' } })
      expect(document.failure.message).toMatch(named)
    }
    expect(await runJson(['nonsense'])).toMatchObject({ code: 2, err: '', document: { failure: { code: 'usage' } } })
  })
})
