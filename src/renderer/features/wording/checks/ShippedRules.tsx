import type { WordingChecks } from '#domain/rules/wording-checks.ts'
import type { WordingRule } from '#domain/wording/text/checks/rule.ts'
import { CellNote, DataTable, RowAct } from '#ui/DataTable.tsx'
import { Section } from '#ui/Page.tsx'
import { shownLanguage } from '#ui/shown-language.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { shippedByKind, withoutRule, withRule } from './checks-draft.ts'
import classes from './Checks.module.css'
import { OffDialog } from './OffDialog.tsx'
import { SeverityMark } from './SeverityMark.tsx'

type Props = { checks: WordingChecks; barred: string | null; onChange: (change: (now: WordingChecks) => WordingChecks) => void }

const KINDS = shippedByKind()

/** The message of a rule without the words that a text would give it. */
const messageOf = (rule: WordingRule, language: 'zh-Hans' | 'en') => rule.message[language].replaceAll(/\{\w+\}/g, '…')

/** The shipped rules, by what they find; each is switched off for a reason, and on again. */
export function ShippedRules({ checks, barred, onChange }: Props) {
  const { t, i18n } = useTranslation('wording-checks')
  const language = shownLanguage(i18n.language)
  const [leaving, setLeaving] = useState<WordingRule | null>(null)
  const languagesOf = (rule: WordingRule) => rule.locales.map((one) => t(`wording:language.${one}`)).join(' · ')
  const reasonOf = (rule: WordingRule) => checks.off.find(({ ruleId }) => ruleId === rule.id)?.reason
  return (
    <Section title={t('shipped.title')} aside={<span className={classes['hint']}>{t('shipped.off', { count: checks.off.length })}</span>}>
      {KINDS.map(({ kind, rules }) => (
        <div key={kind} className={classes['kind']}>
          <h3>{t(`kind.${kind}`)}</h3>
          <DataTable
            label={t(`kind.${kind}`)}
            rows={rules}
            rowKey={({ id }) => id}
            muted={(rule) => reasonOf(rule) !== undefined}
            columns={[
              {
                id: 'severity',
                head: t('severity'),
                fit: true,
                render: (rule) => <SeverityMark severity={rule.severity} />,
              },
              {
                id: 'message',
                head: t('shipped.message'),
                width: '56%',
                render: (rule) => (
                  <>
                    {messageOf(rule, language)}
                    {reasonOf(rule) !== undefined && <p className={classes['off']}>{t('shipped.offFor', { reason: reasonOf(rule) })}</p>}
                    <Terms rule={rule} />
                  </>
                ),
              },
              {
                id: 'source',
                head: t('shipped.source'),
                render: (rule) => (
                  <>
                    {rule.source[language]}
                    <CellNote>{languagesOf(rule)}</CellNote>
                  </>
                ),
              },
              {
                id: 'acts',
                head: t('shipped.acts'),
                hideHead: true,
                align: 'end',
                fit: true,
                render: (rule) =>
                  reasonOf(rule) === undefined ? (
                    <RowAct
                      label={t('shipped.switchOff')}
                      longLabel={t('shipped.switchOffOf', { message: messageOf(rule, language), languages: languagesOf(rule) })}
                      barred={barred}
                      onAct={() => setLeaving(rule)}
                    />
                  ) : (
                    <RowAct
                      label={t('shipped.switchOn')}
                      longLabel={t('shipped.switchOnOf', { message: messageOf(rule, language), languages: languagesOf(rule) })}
                      barred={barred}
                      onAct={() => onChange((now) => withRule(now, rule.id))}
                    />
                  ),
              },
            ]}
          />
        </div>
      ))}
      {leaving && (
        <OffDialog
          message={messageOf(leaving, language)}
          onOff={(reason) => onChange((now) => withoutRule(now, leaving.id, reason))}
          onClose={() => setLeaving(null)}
        />
      )}
    </Section>
  )
}

function Terms({ rule }: { rule: WordingRule }) {
  const { t } = useTranslation('wording-checks')
  if (rule.check !== 'terms') return null
  return (
    <details className={classes['terms']}>
      <summary>{t('shipped.terms', { count: rule.terms.length })}</summary>
      <p>{rule.terms.join('  ')}</p>
    </details>
  )
}
