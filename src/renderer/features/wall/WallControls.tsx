import { Kbd } from '#ui/Kbd.tsx'
import styles from './WallControls.module.css'

export type WallAct = { id: string; label: string; shortcut: string; run(): void }

/** The controls of the wall with their shortcuts. Hidden until the mouse moves or they get the focus. */
export function WallControls({
  acts,
  label,
  shown,
  note,
}: {
  acts: readonly WallAct[]
  label: string
  shown: boolean
  note: string | null
}) {
  return (
    <div className={styles['controls']} role="toolbar" aria-label={label} data-shown={shown || note !== null || undefined}>
      {acts.map((act) => (
        <button key={act.id} type="button" onClick={act.run}>
          {act.label} <Kbd shortcut={act.shortcut} />
        </button>
      ))}
      <span role="status">{note}</span>
    </div>
  )
}
