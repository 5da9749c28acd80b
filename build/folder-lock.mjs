import { randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, rmSync, rmdirSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

const HEARTBEAT_MS = 2000
const SILENT_OWNER_MS = 60_000
const POLL_MS = 200

/**
 * Runs `work` while no other process on this machine runs one under the same lock folder.
 *
 * The folder is the lock: creating it is atomic on every file system. Its owner touches `owner.json` every 2 s. An owner that
 * has exited, or is silent for a minute (a process ID can be reused), is replaced.
 *
 * @template T
 * @param {string} folder path of the lock folder; its parent exists
 * @param {{ onWait: () => void }} options `onWait` is called once, when another process holds the lock
 * @param {() => Promise<T>} work
 * @returns {Promise<T>} what `work` returns; throws what `work` throws
 */
export async function whileLocked(folder, { onWait }, work) {
  const token = randomUUID()
  let told = false
  while (!acquire(folder, token)) {
    if (!told) onWait()
    told = true
    await wait(POLL_MS)
  }
  const heartbeat = setInterval(() => touch(join(folder, 'owner.json')), HEARTBEAT_MS)
  heartbeat.unref()
  const release = () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  process.once('exit', release)
  try {
    return await work()
  } finally {
    clearInterval(heartbeat)
    process.removeListener('exit', release)
    release()
  }
}

function acquire(folder, token) {
  try {
    mkdirSync(folder)
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    return replaceGoneOwner(folder, token)
  }
  writeOwner(folder, token)
  return true
}

/**
 * If several processes find the same owner gone, the one that can create `after-<token of the gone owner>` inside the lock
 * folder becomes the owner. The folder itself is never removed here, so that a live lock is not removed by mistake.
 */
function replaceGoneOwner(folder, token) {
  const gone = goneOwner(folder)
  if (gone === null) return false
  const claim = join(folder, `after-${gone}`)
  try {
    mkdirSync(claim)
  } catch (error) {
    // Another process has claimed it, or the lock was released meanwhile.
    if (error.code === 'EEXIST' && isSilent(claim)) rmdirSync(claim)
    return false
  }
  if ((readOwner(folder)?.token ?? 'nobody') !== gone) {
    rmSync(claim, { recursive: true, force: true })
    return false
  }
  writeOwner(folder, token)
  return true
}

/** The token of an owner that is gone, 'nobody' for a lock folder without an owner, null while its owner is alive. */
function goneOwner(folder) {
  const owner = readOwner(folder)
  if (owner === null) return isSilent(folder) ? 'nobody' : null
  return isRunning(owner.pid) && !isSilent(join(folder, 'owner.json')) ? null : owner.token
}

function writeOwner(folder, token) {
  const draft = join(folder, `owner-${token}.json`)
  writeFileSync(draft, JSON.stringify({ pid: process.pid, token }))
  renameSync(draft, join(folder, 'owner.json'))
}

function readOwner(folder) {
  try {
    return JSON.parse(readFileSync(join(folder, 'owner.json'), 'utf8'))
  } catch {
    return null
  }
}

function isSilent(path) {
  try {
    return Date.now() - statSync(path).mtimeMs > SILENT_OWNER_MS
  } catch {
    return false
  }
}

function isRunning(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

function touch(path) {
  const now = new Date()
  try {
    utimesSync(path, now, now)
  } catch {
    // The lock was removed by hand: the work continues, and another process may start its own.
  }
}
