import { workingKeys, type Command } from '#ui/commands/command.ts'
import { useCommandList } from '#ui/commands/CommandProvider.tsx'
import { Dialog } from '#ui/Dialog.tsx'
import { Kbd } from '#ui/Kbd.tsx'
import { useTranslation } from 'react-i18next'
import classes from './KeySheet.module.css'

function bySection(commands: readonly Command[], keys: ReadonlyMap<string, readonly string[]>): [string, Command[]][] {
  const sections = new Map<string, Command[]>()
  for (const command of commands) {
    if ((keys.get(command.id) ?? []).length === 0) continue
    const section = command.section ?? ''
    sections.set(section, [...(sections.get(section) ?? []), command])
  }
  return [...sections]
}

/** Lists every shortcut that works on this page; unavailable ones are muted. */
export function KeySheet({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('frame')
  const offered = useCommandList()
  const keys = workingKeys(offered)
  const sections = bySection(offered, keys)
  return (
    <Dialog opened={opened} onClose={onClose} title={t('keys.title')} size="xl">
      <p className={classes['note']}>{t('keys.note')}</p>
      <div className={classes['sections']}>
        {sections.map(([section, commands]) => (
          <section key={section} className={classes['section']}>
            <h3 className={classes['heading']}>{section}</h3>
            <dl className={classes['keys']}>
              {commands.map((command) => (
                <div key={command.id} className={classes['row']} data-resting={command.disabled || undefined}>
                  <dt>
                    {command.label}
                    {command.disabled && <span className="visually-hidden"> ({t('keys.resting')})</span>}
                  </dt>
                  <dd>
                    {keys.get(command.id)?.map((shortcut) => (
                      <Kbd key={shortcut} shortcut={shortcut} />
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
