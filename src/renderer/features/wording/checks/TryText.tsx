import type { WordingChecks } from '#domain/rules/wording-checks.ts'
import { findingsOf } from '#domain/wording/content-checks.ts'
import { findingMessage } from '#domain/wording/text/checks/finding.ts'
import { WordingLanguage } from '#domain/wording/wording.ts'
import { GrowingText } from '#ui/GrowingText.tsx'
import { Section } from '#ui/Page.tsx'
import { classNames } from '#ui/class-names.ts'
import { shownLanguage } from '#ui/shown-language.ts'
import { SegmentedControl } from '@mantine/core'
import { useDeferredValue, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './Checks.module.css'
import { SeverityMark } from './SeverityMark.tsx'

/** Findings shown at once. */
const SHOWN = 20

/** Checks a text that is typed here by the rules as they are edited; it is kept nowhere. */
export function TryText({ checks }: { checks: WordingChecks }) {
  const { t, i18n } = useTranslation('wording-checks')
  const language = shownLanguage(i18n.language)
  const [spoken, setSpoken] = useState<WordingLanguage>(language)
  const [text, setText] = useState('')
  const core = useDeferredValue(text)
  const findings = useMemo(
    () => findingsOf({ title: '', core, blocks: [], objections: [], variants: [] }, spoken, {}, checks),
    [core, spoken, checks],
  )
  return (
    <Section
      title={t('try.title')}
      aside={
        <SegmentedControl
          size="xs"
          aria-label={t('language')}
          value={spoken}
          onChange={(value) => setSpoken(WordingLanguage.safeParse(value).data ?? spoken)}
          data={WordingLanguage.options.map((one) => ({ value: one, label: t(`wording:language.${one}`) }))}
        />
      }
    >
      <GrowingText
        aria-label={t('try.text')}
        placeholder={t('try.placeholder')}
        minRows={2}
        maxRows={10}
        maxLength={4000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <p className={classNames(classes['hint'], classes['tried'])} role="status">
        {core.trim() === '' ? t('try.hint') : findings.length === 0 ? t('try.none') : t('try.found', { count: findings.length })}
      </p>
      <ul className={classes['findings']} aria-label={t('try.findings')}>
        {findings.slice(0, SHOWN).map((finding) => (
          <li key={`${finding.start} ${finding.end} ${finding.ruleId}`} data-severity={finding.severity}>
            <p>
              <SeverityMark severity={finding.severity} /> <q>{finding.excerpt}</q> {findingMessage(finding, language)}
            </p>
            <p className={classes['hint']}>{finding.suggestion[language]}</p>
          </li>
        ))}
      </ul>
    </Section>
  )
}
