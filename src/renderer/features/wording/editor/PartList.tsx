import { BLOCK_KINDS, CONTENT_LIMITS } from '#domain/wording/content.ts'
import type { DraftList } from '#domain/wording/draft-document.ts'
import { Button, Menu } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useCallback, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { addParts, isFull, movePart } from './draft-parts.ts'
import type { DraftSession } from './draft-session.ts'
import { PartCard } from './PartCard.tsx'
import type { PersonAtText } from './people-at-text.ts'
import { useParts } from './use-parts.ts'
import classes from './editor.module.css'

type Props = { list: DraftList; session: DraftSession; readOnly: boolean; people: readonly PersonAtText[] }

const newId = () => crypto.randomUUID().slice(0, 18)

/** The parts of one list with their controls, and what adds another. */
export function PartList({ list, session, readOnly, people }: Props) {
  const { t } = useTranslation('wording-editor')
  const { doc } = session
  const parts = useParts(doc, list)
  const root = useRef<HTMLElement>(null)
  const focus = useCallback((id: string) => {
    requestAnimationFrame(() => root.current?.querySelector<HTMLTextAreaElement>(`[data-part="${id}"] textarea`)?.focus())
  }, [])
  const add = (kinds: readonly Record<string, unknown>[], after?: string) => {
    const at = after === undefined ? parts.length : parts.findIndex(({ id }) => id === after) + 1
    const added = kinds.map((fields) => ({ list, id: newId(), fields }))
    session.undo.stopCapturing()
    addParts(doc, added, at)
    session.undo.stopCapturing()
    focus(added[0]?.id ?? '')
  }
  const full = isFull(doc, list) || parts.length >= CONTENT_LIMITS[list]
  return (
    <section ref={root} className={classes['list']} aria-label={t(`list.${list}`)}>
      <h3 className={classes['heading']}>
        {t(`list.${list}`)} <span className={classes['soft']}>{t(`hint.${list}`)}</span>
      </h3>
      {parts.map((part, index) => (
        <PartCard
          key={part.id}
          list={list}
          part={part}
          number={index + 1}
          session={session}
          readOnly={readOnly}
          people={people
            .filter(({ partId }) => partId === part.id)
            .map(({ name }) => name)
            .join('\n')}
          onMove={(by) => {
            movePart(doc, list, part.id, by)
            focus(part.id)
          }}
          onNext={() => (list === 'blocks' && !full ? add([{ kind: 'text' }], part.id) : undefined)}
        />
      ))}
      {!readOnly && (
        <div className={classes['adding']}>
          {list === 'blocks' ? (
            <>
              <Menu position="bottom-start" withinPortal>
                <Menu.Target>
                  <Button variant="default" size="compact-sm" leftSection={<IconPlus size={14} />} disabled={full}>
                    {t('add.blocks')}
                  </Button>
                </Menu.Target>
                <Menu.Dropdown>
                  {BLOCK_KINDS.map((kind) => (
                    <Menu.Item key={kind} onClick={() => add([{ kind }])}>
                      {t(`kind.${kind}`)}
                    </Menu.Item>
                  ))}
                </Menu.Dropdown>
              </Menu>
              <Button
                variant="default"
                size="compact-sm"
                disabled={full}
                onClick={() => add([{ kind: 'empathy' }, { kind: 'reassurance' }, { kind: 'commitment' }])}
              >
                {t('add.formula')}
              </Button>
            </>
          ) : (
            <Button variant="default" size="compact-sm" leftSection={<IconPlus size={14} />} disabled={full} onClick={() => add([{}])}>
              {t(`add.${list}`)}
            </Button>
          )}
        </div>
      )}
    </section>
  )
}
