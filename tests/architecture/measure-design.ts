/**
 * Measures how easy the sources are to extend and prints a table of the present tree, with `--before` beside a commit.
 *
 *     node tests/architecture/measure-design.ts [--before COMMIT] [--feature COMMIT]…
 *
 * `--feature` prints how many files the named commits added and edited together, as the cost of a feature.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { parseSync } from 'vite'
import { folderImports, type Source } from './folder-imports.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const git = (...args: string[]) => execFileSync('git', args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 })

type Node = { type: string; start: number; end: number; [key: string]: unknown }

function sourcesIn(root: string): Source[] {
  return readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => ({ path: join('src', name), text: readFileSync(join(root, 'src', name), 'utf8') }))
}

function sourcesOf(commit: string): Source[] {
  const folder = mkdtempSync(join(tmpdir(), 'stormroom-measure-'))
  try {
    const archive = execFileSync('git', ['archive', commit, 'src'], { cwd: ROOT, maxBuffer: 256 * 1024 * 1024 })
    execFileSync('tar', ['-x', '-C', folder], { input: archive })
    return sourcesIn(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value && 'start' in value

function visit(node: Node, take: (node: Node) => void): void {
  take(node)
  for (const value of Object.values(node)) for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) visit(child, take)
}

const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'])

/** Lengths of all functions, in lines, with their files. */
function functionLengths({ path, text }: Source): { path: string; lines: number }[] {
  const lengths: { path: string; lines: number }[] = []
  visit(parseSync(path, text).program as unknown as Node, ({ type, start, end }) => {
    if (FUNCTIONS.has(type)) lengths.push({ path, lines: text.slice(start, end).split('\n').length })
  })
  return lengths
}

/** The size of the largest cycle: folders of a part that import each other, directly or through others. */
function largestKnot(sources: readonly Source[], part: string): number {
  const edges = new Map<string, Set<string>>()
  for (const { from, to } of folderImports(sources, part))
    if (from !== '' && to !== '') edges.set(from, (edges.get(from) ?? new Set()).add(to))
  const reach = (from: string) => {
    const seen = new Set<string>()
    const open = [from]
    for (let next = open.pop(); next !== undefined; next = open.pop())
      for (const to of edges.get(next) ?? []) {
        if (!seen.has(to)) open.push(to)
        seen.add(to)
      }
    return seen
  }
  const reached = new Map([...edges.keys()].map((folder) => [folder, reach(folder)]))
  const sizes = [...reached].map(([folder, seen]) => [...seen].filter((other) => reached.get(other)?.has(folder)).length)
  return Math.max(0, ...sizes)
}

function count(sources: readonly Source[], pattern: RegExp, within = /^src\//): number {
  return sources.reduce((sum, { path, text }) => sum + (within.test(path) ? [...text.matchAll(pattern)].length : 0), 0)
}

const KINDS =
  /'(?:member|incident|entry|import|series|points|task|plan|assignment|assessment|dismissed-suggestion|rules|followers|notice|reveal|contact)'/g

function measure(sources: readonly Source[]): [what: string, value: string | number][] {
  const lengths = sources.flatMap(functionLengths).toSorted((a, b) => b.lines - a.lines)
  const longest = lengths.slice(0, 3).map(({ path, lines }) => `${lines} ${path.replace(/^.*[\\/]/, '')}`)
  const features = new Set(sources.map(({ path }) => /^src\/renderer\/features\/([^/]+)\//.exec(path)?.[1] ?? ''))
  return [
    ['source files', sources.length],
    ['lines', sources.reduce((sum, { text }) => sum + text.split('\n').length - 1, 0)],
    ['features on screen', features.size - 1],
    ['casts to an entity of a kind', count(sources, /as (?:readonly )?Entity<\w+State>|\.state as \w+State/g)],
    [
      'kinds as string literals outside their own declaration',
      count(sources, KINDS, /^src\/(?:replica|hub|workspace|contract|domain\/(?:log|search|privacy|notices))\//),
    ],
    ['feature imports of domain/log', count(sources, /from '\.\.\/(?!log\/)[^']+'/g, /^src\/domain\/log\//)],
    ['largest knot of folders: domain', largestKnot(sources, 'src/domain')],
    ['largest knot of folders: hub', largestKnot(sources, 'src/hub')],
    ['largest knot of folders: replica', largestKnot(sources, 'src/replica')],
    ['functions of more than 120 lines', lengths.filter(({ lines }) => lines > 120).length],
    ['longest functions, lines', longest.join(', ')],
    ['public types by ReturnType<typeof …>', count(sources, /export type \w+ = (?:Awaited<)?ReturnType<typeof/g)],
    [
      'topics listed by screens',
      count(sources, /useRead\((?:[^()]|\([^()]*\))*,\s*\[(?:[^[\]])*\],?\s*(?:\{[^}]*\}\s*)?\)/g, /^src\/renderer\//),
    ],
    ['files over 300 lines', sources.filter(({ text }) => text.split('\n').length > 300).length],
  ]
}

const print = (line: string) => void process.stdout.write(`${line}\n`)
const { values } = parseArgs({ options: { before: { type: 'string' }, feature: { type: 'string', multiple: true } } })
const now = measure(sourcesIn(ROOT))
const before = values.before === undefined ? null : new Map(measure(sourcesOf(values.before)))
print(before ? `| measure | ${values.before} | now |\n|---|---|---|` : '| measure | now |\n|---|---|')
for (const [what, value] of now) print(before ? `| ${what} | ${before.get(what)} | ${value} |` : `| ${what} | ${value} |`)
for (const commits of values.feature ?? []) {
  const changed = commits
    .split(',')
    .flatMap((commit) => git('diff-tree', '--no-commit-id', '--name-status', '-r', commit).trim().split('\n'))
  const files = new Map(changed.map((line) => [line.split('\t').at(-1), line[0]] as const).toReversed())
  const added = [...files.values()].filter((status) => status === 'A').length
  print(`\n${commits}: ${added} files added, ${files.size - added} edited`)
}
