import { useAct } from '#client/use-act.ts'
import { useRead } from '#client/use-read.ts'
import type { Failure } from '#contract/failures.ts'
import type { AttentionItem } from '#contract/workspace-api.ts'
import { FailureCode } from '#contract/failures.ts'
import { ActButton } from '#ui/ActButton.tsx'
import { Age } from '#ui/Age.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { useFailureWords } from '#ui/failure-words.ts'
import { CopyButton } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './SyncIndicator.module.css'

function failureOf(item: AttentionItem): Failure {
  const code = FailureCode.safeParse(item.code)
  return { code: code.success ? code.data : 'internal', params: item.params }
}

/** The member's rejected ops ("needs attention"): the text, the reason, and how to resolve each. Items are kept until dismissed. */
export function AttentionList() {
  const { t } = useTranslation('frame')
  const word = useFailureWords()
  const { data, failure } = useRead('workspace.attention', {})
  const { act, busy } = useAct('workspace.dismissAttention')
  const { act: redo, busy: redoing } = useAct('workspace.redoAttention')
  const [refused, setRefused] = useState<Failure | null>(null)
  const dismiss = async (opId: string) => {
    const result = await act({ opId })
    setRefused(result.ok ? null : result.failure)
  }
  const writeAgain = async (opId: string) => {
    const result = await redo({ opId })
    setRefused(result.ok ? null : result.failure)
  }
  const shown = refused ?? failure
  return (
    <>
      {shown && <FailureNotice failure={shown} />}
      <ul className={classes['items']}>
        {data?.map((item) => (
          <li key={item.opId} className={classes['item']}>
            <div className={classes['meta']}>
              <Age at={item.at} /> · {word(failureOf(item))}
            </div>
            {item.text && <p className={classes['text']}>{item.text}</p>}
            <div className={classes['acts']}>
              {item.text && (
                <CopyButton value={item.text}>
                  {({ copied, copy }) => (
                    <ActButton quiet size="xs" readsOnly onAct={copy}>
                      {copied ? t('ui:copied') : t('sync.copy')}
                    </ActButton>
                  )}
                </CopyButton>
              )}
              {item.group === item.opId && (
                <ActButton quiet size="xs" busy={redoing} onAct={() => void writeAgain(item.opId)}>
                  {t('sync.redo')}
                </ActButton>
              )}
              <ActButton quiet size="xs" busy={busy} onAct={() => void dismiss(item.opId)}>
                {t('sync.dismiss')}
              </ActButton>
            </div>
          </li>
        ))}
      </ul>
    </>
  )
}
