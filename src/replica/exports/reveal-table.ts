import { maskPersonal } from '#domain/privacy/mask-personal.ts'
import type { RevealReason } from '#domain/privacy/reveal.ts'
import type { RevealView } from '#contract/personal-api.ts'
import type { Language } from '#contract/station-api.ts'
import type { Cell } from '../tables/write/table-cell.ts'

type Words = { header: string[]; reasons: Record<RevealReason, string>; pending: string }

const WORDS: Record<Language, Words> = {
  'zh-Hans': {
    header: ['查看时间', '枢纽记录时间', '查看人', '事件', '类别', '编号', '字段', '所看文字（已遮盖）', '理由', '说明', '设备', '状态', '成员编号'],
    reasons: { 'call-back': '回访或联系本人', 'verify-case': '核对订单或个案', 'authority-asks': '监管或司法机关要求', 'person-asks': '本人查询、更正或删除', 'correct-record': '核对并更正记录' },
    pending: '待同步',
  },
  en: {
    header: ['Seen at', 'Recorded at the hub', 'Seen by', 'Incident', 'Kind', 'Id', 'Field', 'Text (masked)', 'Reason', 'In their words', 'Device', 'State', 'Member id'],
    reasons: { 'call-back': 'Call back or reach the person', 'verify-case': 'Check an order or case', 'authority-asks': 'An authority or a court asks', 'person-asks': 'The person asks about their data', 'correct-record': 'Check and correct the record' },
    pending: 'waiting to be synced',
  },
}

export const REVEAL_FILE: Record<Language, string> = { 'zh-Hans': '谁看过个人信息', en: 'who-saw-personal-data' }

export function revealHeader(language: Language): string[] {
  return WORDS[language].header
}

/** Rows under {@link revealHeader}. */
export function* revealRows(reveals: Iterable<RevealView>, language: Language, zone: string): Generator<Cell[]> {
  const { reasons, pending } = WORDS[language]
  for (const one of reveals) {
    yield [
      { epochMs: one.at, zone },
      one.pending ? '' : { epochMs: one.recordedAt, zone },
      maskPersonal(one.byName),
      one.incidentTitle,
      one.of.kind,
      one.of.id,
      one.of.field,
      one.excerpt ?? '',
      reasons[one.reason],
      one.words,
      one.device,
      one.pending ? pending : '',
      one.by,
    ]
  }
}
