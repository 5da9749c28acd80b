import { Button, TextInput } from '@mantine/core'
import { IconAlertOctagon, IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { shownLanguage } from '#ui/shown-language.ts'
import type { FieldFinding } from '#domain/wording/content-checks.ts'
import { wordingAddress } from '../wording-address.ts'
import classes from './editor.module.css'

const ICONS = { block: IconAlertOctagon, warn: IconAlertTriangle, hint: IconInfoCircle } as const
/** Findings shown at once. */
const SHOWN = 40

/** Identifies a finding for its reason: the same rule on the same words needs one reason. */
export const findingKey = ({ ruleId, excerpt }: Pick<FieldFinding, 'ruleId' | 'excerpt'>): string => `${ruleId} ${excerpt}`

type Props = {
  incidentId: string | null
  findings: readonly FieldFinding[]
  reasons: Readonly<Record<string, string>>
  onReason: (key: string, reason: string) => void
  onJump: (finding: FieldFinding) => void
}

/** What the checks found, the most serious first; each with its rule, its source and how to mend it. */
export function CheckList({ incidentId, findings, reasons, onReason, onJump }: Props) {
  const { t } = useTranslation('wording-editor')
  const order = ['block', 'warn', 'hint'] as const
  const sorted = findings.toSorted((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity))
  const count = (severity: (typeof order)[number]) => findings.filter((one) => one.severity === severity).length
  return (
    <aside aria-label={t('checks.title')}>
      <h3 className={classes['heading']}>{t('checks.title')}</h3>
      <p className={classes['soft']} role="status">
        {findings.length === 0 ? t('checks.none') : t('checks.counts', { block: count('block'), warn: count('warn'), hint: count('hint') })}
      </p>
      <ul className={classes['findings']}>
        {sorted.slice(0, SHOWN).map((finding) => (
          <CheckItem
            key={`${finding.at} ${finding.start} ${finding.end} ${finding.ruleId} ${finding.other?.messageId ?? ''}`}
            incidentId={incidentId}
            finding={finding}
            reason={reasons[findingKey(finding)] ?? ''}
            onReason={(reason) => onReason(findingKey(finding), reason)}
            onJump={() => onJump(finding)}
          />
        ))}
      </ul>
      {sorted.length > SHOWN && <p className={classes['soft']}>{t('checks.more', { count: sorted.length - SHOWN })}</p>}
    </aside>
  )
}

type ItemProps = {
  incidentId: string | null
  finding: FieldFinding
  reason: string
  onReason: (reason: string) => void
  onJump: () => void
}

function CheckItem({ incidentId, finding, reason, onReason, onJump }: ItemProps) {
  const { t, i18n } = useTranslation('wording-editor')
  const language = shownLanguage(i18n.language)
  const [giving, setGiving] = useState(false)
  const Icon = ICONS[finding.severity]
  const words = (text: string) => text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(finding.params[name] ?? whole))
  return (
    <li className={classes['finding']} data-severity={finding.severity}>
      <button type="button" className={classes['jump']} onClick={onJump}>
        <Icon size={15} aria-hidden />
        <span>
          <b>{t(`severity.${finding.severity}`)}</b> {words(finding.message[language])}
        </span>
        <q>{finding.excerpt}</q>
      </button>
      <p className={classes['soft']}>{words(finding.suggestion[language])}</p>
      {finding.other && (
        <p className={classes['other']}>
          <q>{finding.other.excerpt}</q>{' '}
          <Link to={wordingAddress(incidentId, finding.other.messageId)}>{t('checks.other', { title: finding.other.title })}</Link>
        </p>
      )}
      <p className={classes['source']}>{t('checks.basis', { basis: finding.source[language] })}</p>
      {finding.severity !== 'hint' &&
        (giving || reason !== '' ? (
          <TextInput
            size="xs"
            aria-label={t('checks.reason')}
            placeholder={t('checks.reasonHint')}
            maxLength={500}
            value={reason}
            onChange={(event) => onReason(event.currentTarget.value)}
          />
        ) : (
          <Button variant="subtle" size="compact-xs" onClick={() => setGiving(true)}>
            {t('checks.keep')}
          </Button>
        ))}
    </li>
  )
}
