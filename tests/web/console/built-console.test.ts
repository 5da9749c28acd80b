import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'

// Agents open the console on old machines and slow lines, thousands within a few minutes at the start of a shift.

const BUILT = resolve(import.meta.dirname, '../../../out/web/console')
const files = readdirSync(BUILT, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => ({ name: entry.name, content: readFileSync(join(entry.parentPath, entry.name)) }))
const LIMIT = 150_000

test('the console is at most 150 kB compressed, with its words in both languages and its table of pinyin', () => {
  const sizes = files.map(({ name, content }) => ({ name, size: gzipSync(content, { level: 9 }).length }))
  const sum = sizes.reduce((total, { size }) => total + size, 0)
  process.stdout.write(`console: ${sum} B compressed (${sizes.map(({ name, size }) => `${name} ${size}`).join(', ')})\n`)
  expect(sum).toBeLessThanOrEqual(LIMIT)
  expect(sum).toBeGreaterThan(50_000)
})

test('nothing in it is inline or comes from elsewhere, as its content policy demands', () => {
  const page = files.find(({ name }) => name === 'index.html')?.content.toString() ?? ''
  expect(page).toContain('<script type="module"')
  expect(page).not.toMatch(/<style|style=|<script(?![^>]*\bsrc=)|\son\w+=|https?:\/\//u)
  expect(
    [...page.matchAll(/(?:src|href)="([^"]*)"/gu)].map(([, address = '']) => address).filter((address) => !address.startsWith('./')),
  ).toEqual([])
})
