import { Language } from '#contract/workspace-api.ts'
import { SegmentedControl } from '@mantine/core'
import { useTranslation } from 'react-i18next'

const OWN_NAMES: Record<Language, string> = { 'zh-Hans': '中文', en: 'English' }

/** The languages, each in its own language. */
export function LanguageChoice({ value, onChange }: { value: Language; onChange: (language: Language) => void }) {
  const { t } = useTranslation('workspace')
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('settings.language')}
      value={value}
      onChange={(chosen) => {
        const language = Language.safeParse(chosen)
        if (language.success) onChange(language.data)
      }}
      data={Language.options.map((language) => ({ value: language, label: OWN_NAMES[language] }))}
    />
  )
}
