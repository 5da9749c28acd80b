import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { profileFolder } from '../../../src/desktop/main/profile-folder.ts'
import { expect, onTestFinished, test } from 'vitest'

test('the profile lies in the data folder, or elsewhere when nothing can be made there', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'profile-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const own = profileFolder(join(folder, 'data'), '/elsewhere')
  expect(own).toBe(join(folder, 'data', 'desktop'))
  expect((await stat(own)).isDirectory()).toBe(true)
  // A file in the way of the folder stops every user, including root.
  await writeFile(join(folder, 'file'), '')
  expect(profileFolder(join(folder, 'file'), '/elsewhere')).toBe('/elsewhere')
})
