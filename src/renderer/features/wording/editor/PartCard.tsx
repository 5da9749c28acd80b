import { AUDIENCES, BLOCK_KINDS, CONTENT_LIMITS, WORDING_CHANNELS } from '#domain/wording/content.ts'
import { DRAFT_LISTS, insertPart, type DraftList } from '#domain/wording/draft-document.ts'
import { useUndoNotice } from '#ui/undo/use-undo-notice.tsx'
import { done } from '#contract/failures.ts'
import { ActionIcon, NativeSelect } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react'
import { memo, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { DraftPart } from './draft-parts.ts'
import { removePart, setValue } from './draft-parts.ts'
import { OWN, type DraftSession } from './draft-session.ts'
import { DraftText } from './DraftText.tsx'
import { VariantLength } from './VariantLength.tsx'
import classes from './editor.module.css'

type Props = {
  list: DraftList
  part: DraftPart
  number: number
  session: DraftSession
  readOnly: boolean
  /** The names of colleagues whose caret is here, one per line. */
  people: string
  onMove: (by: -1 | 1) => void
  onNext: () => void
}

/** One part: what it is, its texts, and its controls. Alt with an arrow key moves it. */
export const PartCard = memo(
  function PartCard({ list, part, number, session, readOnly, people, onMove, onNext }: Props) {
    const { t, i18n } = useTranslation('wording-editor')
    const undoable = useUndoNotice()
    const kind = typeof part.values['kind'] === 'string' ? part.values['kind'] : ''
    const name = list === 'blocks' ? t(`kind.${kind}`) : t(`one.${list}`)
    const label = t('part', { name, number })
    const onKeyDown = (event: KeyboardEvent) => {
      if (readOnly) return
      if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
        event.preventDefault()
        onMove(event.key === 'ArrowUp' ? -1 : 1)
      }
      if (event.altKey && event.key === 'Enter') {
        event.preventDefault()
        onNext()
      }
    }
    const remove = () => {
      const texts = DRAFT_LISTS[list].texts.map((field) => [field, part.text(field)?.toString() ?? ''])
      const fields = { ...part.values, ...Object.fromEntries(texts) }
      session.undo.stopCapturing()
      removePart(session.doc, list, part.id)
      session.undo.stopCapturing()
      undoable(t('removed', { name }), async () => {
        // Put back by itself: what was typed since stays.
        session.doc.transact(() => insertPart(session.doc, list, part.id, part.order, fields), OWN)
        await session.flush()
        const { failure } = session.state()
        return failure === null ? done(null) : { ok: false, failure }
      })
    }
    const text = { session, readOnly }
    const textOf = (field: string, limit: number, single = false) => {
      const shared = part.text(field)
      if (!shared) return null
      return (
        <DraftText
          {...text}
          text={shared}
          at={`${list}.${part.id}.${field}`}
          label={`${label} · ${t(`field.${field}`)}`}
          placeholder={t(`placeholder.${list === 'blocks' && field === 'text' ? kind : field}`)}
          maxLength={limit}
          single={single}
        />
      )
    }
    return (
      <article className={classes['part']} data-part={part.id} data-kind={kind || list} aria-label={label} onKeyDown={onKeyDown}>
        <div className={classes['partHead']}>
          <PartValues list={list} part={part} session={session} readOnly={readOnly} />
          {list === 'variants' && <VariantLength part={part} />}
          {people !== '' && (
            <span className={classes['people']}>
              {t('atPart', { names: new Intl.ListFormat(i18n.language).format(people.split('\n')) })}
            </span>
          )}
          {!readOnly && (
            <span className={classes['controls']}>
              <ActionIcon variant="subtle" color="gray" aria-label={t('up', { name: label })} title={t('upKey')} onClick={() => onMove(-1)}>
                <IconArrowUp size={15} />
              </ActionIcon>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('down', { name: label })}
                title={t('downKey')}
                onClick={() => onMove(1)}
              >
                <IconArrowDown size={15} />
              </ActionIcon>
              <ActionIcon variant="subtle" color="gray" aria-label={t('remove', { name: label })} onClick={remove}>
                <IconTrash size={15} />
              </ActionIcon>
            </span>
          )}
        </div>
        {list === 'objections' ? (
          <div className={classes['pair']}>
            <label>
              <span className={classes['label']}>{t('field.ask')}</span>
              {textOf('ask', CONTENT_LIMITS.block)}
            </label>
            <label>
              <span className={classes['label']}>{t('field.answer')}</span>
              {textOf('answer', CONTENT_LIMITS.block)}
            </label>
          </div>
        ) : (
          textOf('text', CONTENT_LIMITS.block, kind === 'heading')
        )}
        {kind === 'commitment' && (
          <div className={classes['promise']}>
            {(['action', 'owner', 'deadline'] as const).map((detail) => (
              <label key={detail}>
                <span className={classes['label']}>{t(`field.${detail}`)}</span>
                {textOf(detail, CONTENT_LIMITS.short, true)}
              </label>
            ))}
          </div>
        )}
      </article>
    )
  },
  (a, b) => a.part === b.part && a.number === b.number && a.session === b.session && a.readOnly === b.readOnly && a.people === b.people,
)

type ValueProps = Pick<Props, 'list' | 'part' | 'session' | 'readOnly'>

/** The values of a part that are chosen: the kind of a block, the audience and channel of a variant. */
function PartValues({ list, part, session, readOnly }: ValueProps) {
  const { t } = useTranslation('wording-editor')
  const choose = (name: string, options: readonly string[], words: string, none: string | null) => (
    <NativeSelect
      size="xs"
      aria-label={t(`choice.${name}`)}
      disabled={readOnly}
      value={typeof part.values[name] === 'string' ? part.values[name] : ''}
      onChange={(event) => setValue(session.doc, list, part.id, name, event.currentTarget.value === '' ? null : event.currentTarget.value)}
      data={[
        ...(none === null ? [] : [{ value: '', label: none }]),
        ...options.map((one) => ({ value: one, label: t(`${words}.${one}`) })),
      ]}
    />
  )
  if (list === 'blocks') return choose('kind', BLOCK_KINDS, 'kind', null)
  if (list === 'objections') return <span className={classes['label']}>{t('one.objections')}</span>
  return (
    <span className={classes['choices']}>
      {choose('audience', AUDIENCES, 'audience', t('everybody'))}
      {choose('channel', WORDING_CHANNELS, 'channel', t('everyChannel'))}
    </span>
  )
}
