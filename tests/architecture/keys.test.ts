import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { root } from './make-skeleton.ts'

// Keys are handled in one place: keys that belong to an input method are filtered before any listener. A screen with its own
// listener, or its own check for compositions, would be right in some places and wrong in others.

const renderer = join(root, 'src/renderer')
const files = await Promise.all(
  (await readdir(renderer, { recursive: true }))
    .filter((name) => /\.(?:tsx?|css)$/u.test(name))
    .map(async (name) => ({
      name: relative(renderer, join(renderer, name)).replaceAll('\\', '/'),
      text: await readFile(join(renderer, name), 'utf8'),
    })),
)
const holding = (pattern: RegExp) => files.filter(({ text }) => pattern.test(text)).map(({ name }) => name)

test('only one place knows of compositions', () => {
  expect(holding(/\bisComposing\b|\bkeyCode\b|onComposition/u)).toEqual(['ui/keys/input-method.ts'])
})

test('it stands before everything that listens for keys', () => {
  const entry = files.find(({ name }) => name === 'app-entry.tsx')?.text ?? ''
  expect(entry).toMatch(/applyKeyRules\(\)[\s\S]*await import\('\.\/app\/open-app\.tsx'\)/u)
  const rules = files.find(({ name }) => name === 'ui/keys/key-rules.ts')?.text ?? ''
  expect(rules.slice(rules.indexOf('{\n'))).toMatch(/^\{\n\s+leaveKeysToTheInputMethod\(window\)/u)
})

test('no screen listens to the whole window for keys, or after the fact', () => {
  expect(holding(/addEventListener\(\s*'key/u).toSorted()).toEqual([
    'ui/commands/CommandProvider.tsx',
    'ui/keys/form-keys.ts',
    'ui/keys/grid-arrows.ts',
  ])
  expect(holding(/onKeyUp|onKeyPress|useHotkeys|getHotkeyHandler|useWindowEvent\('key/u)).toEqual([])
})

test('no form sends itself by Ctrl or ⌘ with Enter: every form does', () => {
  const own = holding(/'Enter'[^\n]*(?:ctrlKey|metaKey)/u)
  // The composer is not a form: it stays open between the lines of the room.
  expect(own.toSorted()).toEqual(['features/timeline/composer/Composer.tsx', 'ui/keys/form-keys.ts'])
})

test('everything that scrolls is positioned, so that what is hidden in it scrolls along', () => {
  const rules = files
    .filter(({ name }) => name.endsWith('.css'))
    .flatMap(({ name, text }) =>
      [...text.matchAll(/(?<selector>[^{}]*)\{(?<body>[^{}]*)\}/gu)].map(({ groups }) => ({
        name,
        selector: groups?.['selector']?.trim() ?? '',
        body: groups?.['body'] ?? '',
      })),
    )
  const scrolling = rules.filter(({ body }) => /overflow(?:-[xy])?:\s*(?:auto|scroll)/u.test(body))
  expect(scrolling.length).toBeGreaterThan(20)
  expect(
    scrolling
      .filter(({ body }) => !/position:\s*(?:relative|absolute|fixed|sticky)/u.test(body))
      .map(({ name, selector }) => `${name} ${selector}`),
  ).toEqual([])
})
