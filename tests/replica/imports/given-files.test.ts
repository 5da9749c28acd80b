import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { givenFiles } from '#replica/imports/given-files.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

function fileIn(folder: string, name: string): string {
  const path = join(folder, name)
  writeFileSync(path, '姓名,手机')
  return path
}

/** Polls until a file is gone; the test runner's timeout ends a wait in vain. */
async function untilGone(path: string): Promise<void> {
  while (existsSync(path)) await wait(5)
}

test('an upload that nobody asks for again expires with its file; a file of the user is only forgotten', async () => {
  const folder = makeTempFolder('given', 'quick')
  const [upload, own] = [fileIn(folder, 'upload'), fileIn(folder, 'own.csv')]
  const files = givenFiles(3, 20)
  await files.keep('own', { path: own, owned: false })
  await files.keep('upload', { path: upload, owned: true })
  await untilGone(upload)
  expect([files.find('upload'), files.find('own')]).toEqual([undefined, undefined])
  expect(existsSync(own)).toBe(true)
})

test('the oldest files beyond the limit are forgotten, and a file that is forgotten is removed once', async () => {
  const folder = makeTempFolder('given', 'quick')
  const paths = ['a', 'b', 'c'].map((name) => fileIn(folder, name))
  const files = givenFiles(2)
  for (const [index, path] of paths.entries()) await files.keep(`${index}`, { path, owned: true })
  expect(paths.map((path) => existsSync(path))).toEqual([false, true, true])
  await files.forget('1')
  await files.forget('1')
  expect(paths.map((path) => existsSync(path))).toEqual([false, false, true])
  expect(files.find('2')).toMatchObject({ owned: true })
})
