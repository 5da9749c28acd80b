import type { WaitingText } from '#contract/approval-wire.ts'
import { keyed } from './keyed.ts'
import { useWords } from './words.tsx'

/** What the checks found, and what the author keeps with which reason. */
export function Checks({ findings }: Pick<WaitingText, 'findings'>) {
  const { t, language } = useWords()
  return (
    <section>
      <h2>{t('read.checks')}</h2>
      {findings.length === 0 && <p className="soft">{t('read.noChecks')}</p>}
      <ul className="findings">
        {keyed(findings, ({ excerpt }) => excerpt).map(({ key, item: { severity, excerpt, message, reason } }) => (
          <li key={key} data-severity={reason === null ? severity : 'kept'}>
            <b>{t(`severity.${severity}`)}</b> <q>{excerpt}</q> {message?.[language]}
            {reason !== null && <p>{t('read.kept', { reason })}</p>}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Who wrote it, the policy, and who has decided. */
export function People({ text }: { text: WaitingText }) {
  const { t, list, role, moment } = useWords()
  const { authors, policy, decisions } = text
  return (
    <section>
      <h2>{t('read.people')}</h2>
      <p>{t('read.authors', { names: list(authors) })}</p>
      <p className="soft">
        {t('read.policy', { roles: policy.roles.map(role).join(policy.inOrder ? ' → ' : ' + ') })} ·{' '}
        {t(policy.inOrder ? 'read.inOrder' : 'read.parallel')}
      </p>
      {decisions.length === 0 && <p>{t('read.undecided')}</p>}
      {decisions.map(({ name, as, verdict, at, note, comments, counts }) => (
        <div key={`${name} ${at}`} className="paragraph">
          <p>
            <b>{t(`read.${verdict}`, { name, role: role(as) })}</b> <span className="soft">{moment(at)}</span>
          </p>
          {!counts && <p className="soft">{t('read.void')}</p>}
          {[note, ...comments]
            .filter((words) => words !== '')
            .map((words) => (
              <p key={words} className="remark">
                {words}
              </p>
            ))}
        </div>
      ))}
    </section>
  )
}
