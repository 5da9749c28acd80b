import type { OwnTerm, WordingChecks } from '#domain/rules/wording-checks.ts'
import { ActButton } from '#ui/ActButton.tsx'
import { CellNote, DataTable, RowAct } from '#ui/DataTable.tsx'
import { Section } from '#ui/Page.tsx'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { withoutTerm, withTerm } from './checks-draft.ts'
import classes from './Checks.module.css'
import { SeverityMark } from './SeverityMark.tsx'
import { TermDialog } from './TermDialog.tsx'

/** The most terms of a team. */
const MOST = 200

type Props = { checks: WordingChecks; barred: string | null; onChange: (change: (now: WordingChecks) => WordingChecks) => void }

/** The terms that the team itself does not want in its texts. */
export function OwnTerms({ checks, barred, onChange }: Props) {
  const { t } = useTranslation('wording-checks')
  const [editing, setEditing] = useState<{ term: OwnTerm | null } | null>(null)
  const { terms } = checks
  return (
    <Section
      title={t('own.title')}
      aside={
        <ActButton
          quiet
          size="xs"
          barred={barred ?? (terms.length >= MOST ? t('own.full') : null)}
          onAct={() => setEditing({ term: null })}
        >
          {t('own.add')}
        </ActButton>
      }
    >
      {terms.length === 0 ? (
        <p className={classes['hint']}>{t('own.none')}</p>
      ) : (
        <DataTable
          label={t('own.title')}
          rows={terms}
          rowKey={({ id }) => id}
          columns={[
            { id: 'severity', head: t('severity'), fit: true, render: ({ severity }) => <SeverityMark severity={severity} /> },
            {
              id: 'term',
              head: t('own.term'),
              render: ({ term, language }) => (
                <>
                  <b>{term}</b>
                  <CellNote>{t(`wording:language.${language}`)}</CellNote>
                </>
              ),
            },
            { id: 'kind', head: t('own.kind'), render: ({ kind }) => t(`kind.${kind}`) },
            {
              id: 'message',
              head: t('own.message'),
              width: '40%',
              render: ({ message, suggestion }) => (
                <>
                  {message}
                  {suggestion !== '' && <CellNote>{suggestion}</CellNote>}
                </>
              ),
            },
            {
              id: 'acts',
              head: t('shipped.acts'),
              hideHead: true,
              align: 'end',
              render: (term) => (
                <span className={classes['acts']}>
                  <RowAct
                    label={t('own.change')}
                    longLabel={t('own.changeOf', { term: term.term })}
                    barred={barred}
                    onAct={() => setEditing({ term })}
                  />
                  <RowAct
                    label={t('own.remove')}
                    longLabel={t('own.removeOf', { term: term.term })}
                    barred={barred}
                    onAct={() => onChange((now) => withoutTerm(now, term.id))}
                  />
                </span>
              ),
            },
          ]}
        />
      )}
      {editing && (
        <TermDialog
          term={editing.term}
          terms={terms}
          onKeep={(term) => onChange((now) => withTerm(now, term))}
          onClose={() => setEditing(null)}
        />
      )}
    </Section>
  )
}
