import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readKeyFile, takeKeyFile } from '#storage/key-file.ts'
import { isSealed, keyIdOf, makeSealingKey, openSealed, sealingKey, sealValue } from '#storage/sealed-value.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

const TEXT = '令牌 aGVsbG8_token-1'

test('what is sealed opens with its key, for its purpose, and holds nothing of the text', () => {
  const key = makeSealingKey()
  const sealed = sealValue(TEXT, key, 'device-session')
  expect(sealed).toMatch(/^sealed:1:[\w-]+$/)
  expect(isSealed(sealed)).toBe(true)
  expect(isSealed(TEXT)).toBe(false)
  expect(keyIdOf(sealed)).toBe(key.id)
  expect(openSealed(sealed, key, 'device-session')).toEqual({ kind: 'open', text: TEXT })
  expect(sealValue(TEXT, key, 'device-session')).not.toBe(sealed)
  expect(Buffer.from(sealed.slice(9), 'base64url').includes('token')).toBe(false)
  expect(openSealed(sealValue('', key, 'device-session'), key, 'device-session')).toEqual({ kind: 'open', text: '' })
})

test('another key, another purpose and every spoilt byte are told, and nothing throws', () => {
  const key = makeSealingKey()
  const sealed = sealValue(TEXT, key, 'device-session')
  expect(openSealed(sealed, makeSealingKey(), 'device-session')).toEqual({ kind: 'other-key' })
  expect(openSealed(sealed, key, 'hub-signing-key')).toEqual({ kind: 'malformed' })
  const bytes = Buffer.from(sealed.slice(9), 'base64url')
  for (const place of bytes.keys()) {
    const spoilt = Buffer.from(bytes)
    spoilt[place] = (spoilt[place] ?? 0) ^ 1
    expect(openSealed(`sealed:1:${spoilt.toString('base64url')}`, key, 'device-session').kind).toBe(place < 8 ? 'other-key' : 'malformed')
    expect(openSealed(`sealed:1:${bytes.subarray(0, place).toString('base64url')}`, key, 'device-session').kind).toBe('malformed')
  }
  for (const text of ['', 'sealed:1:', 'sealed:2:AAAA', 'sealed:1:%%%', TEXT])
    expect(openSealed(text, key, 'device-session')).toEqual({ kind: 'malformed' })
  expect(sealingKey(Buffer.alloc(31))).toBeNull()
})

test('a key file is made once, whole, for this user alone, and never written over', () => {
  const file = join(makeTempFolder('key'), 'deep/er', 'device.key')
  expect(readKeyFile(file)).toEqual({ kind: 'missing' })
  const made = takeKeyFile(file)
  if (made.kind !== 'key') throw new Error(made.detail)
  expect(takeKeyFile(file)).toEqual(made)
  expect(readKeyFile(file)).toEqual(made)
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(readdirSync(join(file, '..'))).toEqual(['device.key'])
  writeFileSync(file, 'something else')
  expect(takeKeyFile(file).kind).toBe('unreadable')
  expect(readFileSync(file, 'utf8')).toBe('something else')
})

test('where no key can be kept that is said', () => {
  const folder = makeTempFolder('key')
  writeFileSync(join(folder, 'file'), '')
  expect(takeKeyFile(join(folder, 'file/device.key')).kind).toBe('unreadable')
  mkdirSync(join(folder, 'device.key'))
  expect(takeKeyFile(join(folder, 'device.key')).kind).toBe('unreadable')
  expect(existsSync(join(folder, 'device.key'))).toBe(true)
})
