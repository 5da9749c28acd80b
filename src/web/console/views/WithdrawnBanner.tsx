import type { ConsoleGone } from '#contract/agent-wire.ts'
import { useWords } from '../../page/words.tsx'

/** What was just withdrawn and what to say instead, above everything else until the agent puts it away. */
export function WithdrawnBanner({ withdrawn, onPutAway }: { withdrawn: readonly ConsoleGone[]; onPutAway: (one: ConsoleGone) => void }) {
  const t = useWords('console')
  const [one] = withdrawn
  if (!one) return null
  return (
    <div className="banner withdrawn" role="status" aria-live="assertive">
      <b className="tag urgent">{t('changes.withdrawn')}</b>
      <span className="grow">
        <b>{one.title}</b> {t('withdrawn.stop', { number: one.number })}{' '}
        {one.instead === '' ? t('withdrawn.noInstead') : <b>{t('gone.instead', { instead: one.instead })}</b>}
        {withdrawn.length > 1 && <span className="faint"> {t('urgent.more', { count: withdrawn.length - 1 })}</span>}
      </span>
      <button type="button" onClick={() => onPutAway(one)}>
        {t('withdrawn.understood')}
      </button>
    </div>
  )
}
