import { usePermittedAct } from '#features/permissions'
import { MaskHint, RevealableText } from '#features/personal'
import { PeopleInRoom } from '#features/team'
import { MovedOn, TextVersions } from '#features/texts'
import { ActButton } from '#ui/ActButton.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { GrowingText } from '#ui/GrowingText.tsx'
import { Button } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRoom } from './room-context.ts'
import styles from './KnownFacts.module.css'

/** The known facts: collapsed to one line, expanded for reading and editing. */
export function KnownFacts() {
  const { t } = useTranslation('timeline')
  const { incident, knownAsked } = useRoom()
  const revise = usePermittedAct('incidents.revise', { incident })
  const { barred, failure } = revise
  const [open, setOpen] = useState(false)
  const edition = incident.editions?.['known'] ?? ''
  /** The text being edited and the edition that editing started from. */
  const [edited, setEdited] = useState<{ typed: string; edition: string } | null>(null)
  const typed = edited?.typed ?? null
  const setTyped = (text: string | null) => setEdited((now) => (text === null ? null : { typed: text, edition: now?.edition ?? edition }))
  const movedOn = edited !== null && edited.edition !== edition && edited.typed !== incident.known
  const [answered, setAnswered] = useState(knownAsked)
  if (answered !== knownAsked) {
    setAnswered(knownAsked)
    setOpen(true)
    setEdited((now) => now ?? { typed: incident.known, edition })
  }
  const Chevron = open ? IconChevronDown : IconChevronRight

  const save = async () => {
    if (edited === null || movedOn || revise.busy) return
    const result = await revise.act({ incidentId: incident.id, known: edited.typed, seen: { known: edited.edition } })
    if (result.ok) setTyped(null)
  }

  return (
    <section className={styles['known']} data-open={open ? '' : undefined} aria-label={t('known.title')}>
      <div className={styles['head']}>
        <button type="button" className={styles['fold']} aria-expanded={open} onClick={() => setOpen((now) => !now)}>
          <Chevron size={16} aria-hidden="true" />
          <b>{t('known.title')}</b>
          {!open && <span>{incident.known === '' ? t('known.none') : incident.known}</span>}
        </button>
        <span className={styles['people']}>
          <PeopleInRoom incidentId={incident.id} />
        </span>
      </div>
      {open && typed === null && (
        <div className={styles['text']}>
          <p>
            {incident.known === '' ? (
              t('known.none')
            ) : (
              <RevealableText text={incident.known} incidentId={incident.id} of={{ kind: 'incident', id: incident.id, field: 'known' }} />
            )}
          </p>
          <ActButton quiet size="compact-sm" barred={barred} onAct={() => setTyped(incident.known)}>
            {t('known.edit')}
          </ActButton>
        </div>
      )}
      {open && typed === null && (
        <div className={styles['earlier']}>
          <TextVersions of={{ kind: 'incident', id: incident.id, field: 'known' }} incident={incident} />
        </div>
      )}
      {open && typed !== null && (
        <form
          className={styles['form']}
          onSubmit={(event) => {
            event.preventDefault()
            void save()
          }}
        >
          <GrowingText
            autoFocus
            aria-label={t('known.title')}
            minRows={3}
            maxRows={10}
            maxLength={8000}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <MaskHint text={typed} over />
          {movedOn && <MovedOn theirs={incident.known} mine={typed} onChoose={(text) => setEdited({ typed: text, edition })} />}
          {failure && <FailureNotice failure={failure} />}
          <div className={styles['acts']}>
            <Button variant="default" size="compact-md" onClick={() => setTyped(null)}>
              {t('cancel')}
            </Button>
            <ActButton submit size="compact-md" busy={revise.busy} barred={barred ?? (movedOn ? t('known.chooseFirst') : null)}>
              {t('known.save')}
            </ActButton>
          </div>
        </form>
      )}
    </section>
  )
}
