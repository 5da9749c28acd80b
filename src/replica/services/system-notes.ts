import { SystemEvent } from '#domain/timeline/entry.ts'
import { incidentScope } from '#domain/log/ids.ts'
import type { Draft } from '../store/replica-store.ts'

const TEXTS: Record<SystemEvent['code'], (params: SystemEvent['params']) => string> = {
  declared: () => '宣布事件 · incident declared',
  'clock-met': (params) => `时钟已达成 · clock met: ${params['clock']}`,
  'clock-reopened': (params) => `时钟重新打开 · clock reopened: ${params['clock']} (${params['reason']})`,
  'clock-stopped': (params) => `时钟停走 · clock stopped: ${params['clock']} (${params['reason']})`,
  imported: (params) => `导入 · imported: ${params['file']} (${params['count']})`,
  'import-undone': (params) => `撤销导入 · import undone: ${params['file']}`,
  'level-changed': (params) => `改级 · level changed: ${params['from']} → ${params['to']} (${params['reason']})`,
  'command-handed-over': (params) => `交接指挥 · command handed over: ${params['from']} → ${params['to']}\n${params['summary']}`,
  'authority-granted': (params) => `临时授权 · temporary authority: ${params['name']} → ${params['role']} (${params['reason']})`,
  'authority-ended': (params) => `收回临时授权 · temporary authority ended: ${params['name']}, ${params['role']}`,
  restricted: (params) => `限名单可见 · restricted: ${params['count']}`,
  unrestricted: () => '全团队可见 · open to the whole team',
  'status-changed': (params) => `状态 · status: ${params['from']} → ${params['to']} (${params['reason']})`,
  'risk-assessed': (params) => `风险评估 · risk assessed: ${params['composite']}/5, ${params['verdict']} ${params['reason']}`,
  'plan-applied': (params) => `启用预案 · plan applied: ${params['plan']} v${params['version']} (${params['count']})`,
  'task-done': (params) => `任务完成 · task done: ${params['task']}`,
  revised: (params) => `修改 · revised: ${params['fields']}`,
}

/**
 * A timeline entry that the app writes itself, in the same commit as what it notes. Screens word the event in their own
 * language; the text is for search and for readers of the raw log.
 */
export function systemNote(incidentId: string, entryId: string, at: number, code: SystemEvent['code'], params: SystemEvent['params'], after?: number[]): Draft {
  return {
    scope: incidentScope(incidentId),
    kind: 'entry',
    id: entryId,
    type: 'entry.record',
    body: { kind: 'system', text: TEXTS[code](params), happenedAt: at, event: { code, params } },
    ...(after ? { after } : {}),
  }
}
