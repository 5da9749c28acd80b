// Runs before npm start, npm test and the other scripts, on any Node: brings node_modules up to date with package-lock.json
// and, with --build, out/ with the sources. Prints to stderr only: stdout belongs to the command that follows. Returns quickly
// when everything is up to date.
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { areBundlesCurrent, buildBundles } from './built-bundles.mjs'
import { whileLocked } from './folder-lock.mjs'
import { compareInstalled, installPackages } from './installed-packages.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const wantsBuild = process.argv.includes('--build')

function say(chinese, english) {
  process.stderr.write(`定风波：${chinese}\nStormroom: ${english}\n`)
}

function isReady() {
  return compareInstalled(root) === 'current' && (!wantsBuild || areBundlesCurrent(root))
}

async function prepare() {
  const installed = compareInstalled(root)
  if (installed !== 'current') {
    if (installed === 'missing')
      say('首次运行，正在安装依赖，需要一两分钟。', 'first run, installing dependencies; this takes a minute or two.')
    else say('依赖清单有变化，正在更新依赖。', 'package-lock.json has changed, updating dependencies.')
    if (!(await installPackages(root))) {
      say(
        '依赖没有装好，原因见上。请检查网络后在本目录运行：npm ci',
        'the dependencies could not be installed, see above why. Check the network and run here: npm ci',
      )
      return false
    }
  }
  if (wantsBuild && !areBundlesCurrent(root)) {
    say('正在构建应用，需要几秒钟。', 'building the app; this takes a few seconds.')
    if (!(await buildBundles(root))) {
      say(
        '应用没有构建成功，原因见上。改好后运行：npm run build',
        'the app could not be built, see above why. When it is fixed, run: npm run build',
      )
      return false
    }
  }
  return true
}

function sayWaiting() {
  say('另一个启动正在准备，稍等它完成。', 'another start is preparing, waiting for it.')
}

if (!isReady() && !(await whileLocked(join(root, '.prepare-lock'), { onWait: sayWaiting }, prepare))) process.exitCode = 1
