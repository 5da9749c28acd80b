import { useAct } from '#client/use-act.ts'
import { useRead } from '#client/use-read.ts'
import type { StarterRow } from '#contract/wording-api.ts'
import { ActButton } from '#ui/ActButton.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { shownLanguage } from '#ui/shown-language.ts'
import { useUndoNotice } from '#ui/undo/use-undo-notice.tsx'
import { Checkbox, Modal, Spoiler } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './StarterDialog.module.css'

type Props = { incidentId: string | null; onClose: () => void }

/** The shipped starter library: texts are chosen by group or one by one and added as drafts, which are then adapted and approved. */
export function StarterDialog({ incidentId, onClose }: Props) {
  const { t, i18n } = useTranslation('wording-starter')
  const language = shownLanguage(i18n.language)
  const { data, failure } = useRead('wordings.starter', { incidentId, language })
  const take = useAct('wordings.takeStarter')
  const told = useUndoNotice()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const groups = [...Map.groupBy(data ?? [], ({ group }) => group)]
  const set = (ids: readonly string[], on: boolean) =>
    setChosen((now) => new Set(on ? [...now, ...ids] : [...now].filter((id) => !ids.includes(id))))
  const add = async () => {
    const result = await take.act({ incidentId, language, ids: [...chosen] })
    if (!result.ok) return
    told(t('added', { count: result.value.added }))
    onClose()
  }
  return (
    <Modal opened onClose={onClose} title={t('title')} size={760} yOffset="6vh" closeButtonProps={{ 'aria-label': t('ui:close') }}>
      <p className={classes['about']}>{t('about')}</p>
      {failure && <FailureNotice failure={failure} />}
      {groups.map(([group, texts]) => (
        <StarterGroup key={group} title={group} texts={texts} chosen={chosen} onSet={set} />
      ))}
      <footer className={classes['foot']}>
        {take.failure && <FailureNotice failure={take.failure} />}
        <ActButton busy={take.busy} barred={chosen.size === 0 ? t('chooseFirst') : null} onAct={() => void add()}>
          {t('add', { count: chosen.size })}
        </ActButton>
      </footer>
    </Modal>
  )
}

type GroupProps = {
  title: string
  texts: readonly StarterRow[]
  chosen: ReadonlySet<string>
  onSet: (ids: readonly string[], on: boolean) => void
}

function StarterGroup({ title, texts, chosen, onSet }: GroupProps) {
  const { t } = useTranslation('wording-starter')
  const open = texts.filter(({ taken }) => !taken).map(({ id }) => id)
  const picked = open.filter((id) => chosen.has(id)).length
  return (
    <fieldset className={classes['group']}>
      <legend>
        <Checkbox
          label={t('group', { title, count: texts.length })}
          disabled={open.length === 0}
          checked={open.length > 0 && picked === open.length}
          indeterminate={picked > 0 && picked < open.length}
          onChange={(event) => onSet(open, event.currentTarget.checked)}
        />
      </legend>
      {texts.map(({ id, taken, place, content }) => (
        <div key={id} className={classes['text']}>
          <Checkbox
            label={content.title}
            description={
              taken ? t('taken') : [place.scenario, place.emotion ? t(`emotion.${place.emotion}`) : ''].filter(Boolean).join(' · ')
            }
            disabled={taken}
            checked={chosen.has(id)}
            onChange={(event) => onSet([id], event.currentTarget.checked)}
          />
          <Spoiler maxHeight={0} showLabel={t('show')} hideLabel={t('hide')} className={classes['preview'] ?? ''}>
            <p className={classes['core']}>{content.core}</p>
            {content.blocks.map((block) => (
              <p key={block.id} data-kind={block.kind}>
                {block.text}
              </p>
            ))}
          </Spoiler>
        </div>
      ))}
    </fieldset>
  )
}
