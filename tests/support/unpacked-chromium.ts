import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'

const root = resolve(import.meta.dirname, '../..')

export type UnpackedChromium = { executablePath: string; env: Record<string, string> }

/**
 * The Chromium inside the npm package @sparticuz/chromium, unpacked once per version into node_modules/.cache, with the
 * libraries it includes (from the machine it needs only glibc). Linux on x64 only.
 *
 * @returns null when the package is absent or made for another machine
 */
export async function unpackChromium(): Promise<UnpackedChromium | null> {
  const manifest = join(root, 'node_modules/@sparticuz/chromium/package.json')
  if (process.platform !== 'linux' || process.arch !== 'x64' || !existsSync(manifest)) return null
  const { version } = JSON.parse(await readFile(manifest, 'utf8')) as { version: string }
  const cache = join(root, 'node_modules/.cache/stormroom')
  const folder = join(cache, `chromium-${version}`)
  if (!existsSync(folder)) {
    const draft = `${folder}.${process.pid}`
    await mkdir(draft, { recursive: true })
    await unpackInto(draft)
    await writeFile(join(draft, 'fonts.conf'), fontsConfiguration(folder))
    // Two processes may unpack at once; the second finds the folder and deletes its own draft.
    await rename(draft, folder).catch(() => rm(draft, { recursive: true, force: true }))
  }
  return { executablePath: join(folder, 'chromium'), env: { LD_LIBRARY_PATH: join(folder, 'al2023/lib'), FONTCONFIG_PATH: folder } }
}

/**
 * Runs in its own process: the package unpacks below TMPDIR and changes its process's environment. If the environment claims a
 * Lambda machine before the import, it unpacks the libraries too.
 */
async function unpackInto(folder: string): Promise<void> {
  const script = "const { default: chromium } = await import('@sparticuz/chromium'); await chromium.executablePath();"
  await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
    cwd: root,
    env: { ...process.env, TMPDIR: folder, AWS_LAMBDA_JS_RUNTIME: 'nodejs24.x' },
  })
}

/** The package's own configuration names folders of a Lambda machine; the fonts of this machine are added. */
function fontsConfiguration(folder: string): string {
  const folders = [
    join(folder, 'fonts'),
    '/usr/share/fonts',
    '/usr/local/share/fonts',
    join(homedir(), '.fonts'),
    join(homedir(), '.local/share/fonts'),
  ]
  return `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${folders.map((path) => `<dir>${path}</dir>`).join('')}<cachedir>${join(folder, 'fonts-cache')}</cachedir></fontconfig>`
}
