import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { root } from './make-skeleton.ts'

/** One diagnostic: the file (relative, with slashes), the rule (`TS6307`, `no-restricted-imports`) and its message. */
export type Refusal = { file: string; rule: string; says: string }

/** `tsc -b`, as `npm run check` calls it. */
export async function typeCheck(folder: string): Promise<Refusal[]> {
  const output = await runTool('typescript/bin/tsc', ['-b', '--pretty', 'false'], folder)
  return [...output.matchAll(/^(?<file>[^\s(][^(]*)\(\d+,\d+\): error (?<rule>TS\d+): (?<says>.*)$/gmu)].map(({ groups }) => ({
    file: (groups?.['file'] ?? '').replaceAll('\\', '/'),
    rule: groups?.['rule'] ?? '',
    says: groups?.['says'] ?? '',
  }))
}

type LintReport = { diagnostics: { filename: string; code?: string; message: string; help?: string }[]; number_of_files: number }

/** oxlint with the rules of the folder. @returns its diagnostics, and how many files it checked */
export async function lint(folder: string): Promise<{ refusals: Refusal[]; checkedFiles: number }> {
  const report = JSON.parse(await runTool('oxlint/bin/oxlint', ['--format', 'json'], folder)) as LintReport
  const refusals = report.diagnostics.map(({ filename, code, message, help }) => ({
    file: filename.replaceAll('\\', '/'),
    rule: /\((?<rule>[^)]+)\)/u.exec(code ?? '')?.groups?.['rule'] ?? '',
    says: `${message} ${help ?? ''}`,
  }))
  return { refusals, checkedFiles: report.number_of_files }
}

/** Runs a tool of node_modules. @returns its stdout, whatever its exit code, since diagnostics are the expected result */
export async function runTool(script: string, args: string[], cwd: string): Promise<string> {
  const run = promisify(execFile)
  return run(process.execPath, [join(root, 'node_modules', script), ...args], { cwd, maxBuffer: 64 * 1024 * 1024 }).then(
    ({ stdout }) => stdout,
    (error: { stdout?: string; message: string }) => {
      if (error.stdout === undefined || error.stdout === '') throw new Error(error.message)
      return error.stdout
    },
  )
}
