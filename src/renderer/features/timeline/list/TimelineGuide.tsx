import type { GapRule } from '#domain/timeline/gaps.ts'
import { NOTABLE_LAG } from '#domain/timeline/recording-lag.ts'
import { useCommands } from '#ui/commands/CommandProvider.tsx'
import { ActionIcon, Popover } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useGapRuleWords } from './GapMark.tsx'
import { useRoughSpan } from './use-rough-span.ts'
import styles from './TimelineViews.module.css'

/** Explains the timeline: its two orders, the marked gaps, and the symbols of the strip. */
export function TimelineGuide({ gapRule }: { gapRule: GapRule | null }) {
  const { t } = useTranslation('timeline')
  const [open, setOpen] = useState(false)
  const words = useGapRuleWords()
  const span = useRoughSpan()
  useCommands([{ id: 'timeline.guide', section: t('keys.section'), label: t('guide.title'), shortcut: 'Q', run: () => setOpen(true) }])
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('guide.title')}
          title={t('guide.title')}
          aria-expanded={open}
          onClick={() => setOpen((now) => !now)}
        >
          <IconInfoCircle size={17} stroke={1.75} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('guide.title')}>
        <dl className={styles['guide']} tabIndex={-1} data-autofocus>
          <div>
            <dt>{t('views.order')}</dt>
            <dd>{t('guide.order', { span: span(NOTABLE_LAG) })}</dd>
          </div>
          <div>
            <dt>{t('guide.gaps')}</dt>
            <dd>{gapRule ? words(gapRule) : t('guide.gapsHidden')}</dd>
          </div>
          <div>
            <dt>{t('strip.label')}</dt>
            <dd>{t('guide.strip')}</dd>
          </div>
        </dl>
      </Popover.Dropdown>
    </Popover>
  )
}
