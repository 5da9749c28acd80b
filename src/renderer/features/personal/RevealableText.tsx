import { useRead } from '#client/use-read.ts'
import type { Mention } from '#domain/notices/notice.ts'
import type { RevealedText } from '#domain/privacy/reveal.ts'
import { MentionedText } from '#features/notices'
import { usePermit } from '#features/permissions'
import { ActButton } from '#ui/ActButton.tsx'
import { useCommands } from '#ui/commands/CommandProvider.tsx'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isMasked } from './masked-parts.ts'
import { MaskedText } from './MaskedText.tsx'
import { RevealDialog } from './RevealDialog.tsx'
import { hideText, keyOf, showText, useShownText } from './shown-text.ts'
import styles from './Personal.module.css'

type Props = {
  /** The masked text. */
  text: string
  incidentId: string
  of: RevealedText
  /** Also available by this key and from the palette. */
  shortcut?: string
  /** The masked text is shown elsewhere: render only the reveal button, with this label, and the revealed text. */
  beside?: string
  mentions?: readonly Mention[] | undefined
}

/** A text that may contain masked numbers, and a button to reveal it for a minute; a reveal requires a reason and is recorded. */
export function RevealableText(props: Props) {
  return isMasked(props.text) ? (
    <MaskedWithWay {...props} />
  ) : props.beside === undefined ? (
    <MentionedText text={props.text} mentions={props.mentions} />
  ) : null
}

function MaskedWithWay({ text, incidentId, of, shortcut, beside, mentions }: Props) {
  const { t } = useTranslation('personal')
  const incident = useRead('incidents.get', { incidentId }).data
  const barred = usePermit('personal.reveal', { incident })
  const key = keyOf(of)
  const shown = useShownText(key)
  const [asking, setAsking] = useState(false)
  // Hide the text when the user leaves.
  useEffect(() => () => hideText(key), [key])

  return (
    <>
      {shown ? (
        <span className={styles['whole']}>{shown.text}</span>
      ) : beside === undefined ? (
        <MaskedText text={text} mentions={mentions} />
      ) : null}{' '}
      <span className={styles['way']}>
        {shown ? (
          <ActButton quiet readsOnly size="compact-xs" onAct={() => hideText(key)}>
            {t('hide', { count: shown.secondsLeft })}
          </ActButton>
        ) : (
          <ActButton
            quiet
            size="compact-xs"
            barred={incident ? barred : null}
            {...(shortcut === undefined ? {} : { shortcut })}
            onAct={() => setAsking(true)}
          >
            {beside ?? t('show')}
          </ActButton>
        )}
        <span role="status" className="visually-hidden">
          {shown ? t('shownNow') : ''}
        </span>
      </span>
      {shortcut !== undefined && (
        <RevealCommand shortcut={shortcut} disabled={barred !== null || shown !== null} onRun={() => setAsking(true)} />
      )}
      {asking && (
        <RevealDialog
          incidentId={incidentId}
          of={of}
          text={text}
          onClose={() => setAsking(false)}
          onShown={(revealed) => {
            setAsking(false)
            showText(key, revealed.text, revealed.shownMs)
          }}
        />
      )}
    </>
  )
}

function RevealCommand({ shortcut, disabled, onRun }: { shortcut: string; disabled: boolean; onRun: () => void }) {
  const { t } = useTranslation('personal')
  useCommands([
    {
      id: 'personal.reveal',
      section: t('section'),
      label: t('showCommand'),
      keywords: 'reveal mask 显示 遮盖 个人信息',
      shortcut,
      disabled,
      run: onRun,
    },
  ])
  return null
}
