import { useWords } from '../../page/words.tsx'
import styles from './HelpPanel.module.css'

export const KEYS = [
  ['/', 'search'],
  ['↑ ↓', 'move'],
  ['Enter', 'open'],
  ['1 – 6', 'sections'],
  ['H', 'handover'],
  ['N', 'changes'],
  ['C', 'copy'],
  ['A', 'take'],
  ['R', 'reply'],
  ['W', 'worked'],
  ['O', 'objected'],
  ['Esc', 'back'],
] as const

type HelpPanelProps = { single: boolean; onSingle: (on: boolean) => void; onClose: () => void }

/** The keys of the console. */
export function HelpPanel({ single, onSingle, onClose }: HelpPanelProps) {
  const t = useWords('console')
  return (
    <div className={styles.page}>
      <h2>{t('help.title')}</h2>
      <dl className={styles.keys}>
        {KEYS.map(([key, act]) => (
          <div key={act}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{t(`help.keys.${act}`)}</dd>
          </div>
        ))}
      </dl>
      <label className={styles.choice}>
        <input type="checkbox" checked={single} onChange={(event) => onSingle(event.target.checked)} />
        {t('help.single')}
      </label>
      <button type="button" onClick={onClose}>
        {t('help.close')}
      </button>
    </div>
  )
}
