import type { WordingMapping } from '#contract/wording-file-api.ts'
import { WORDING_KINDS, type WordingKind, type WordingLanguage } from '#domain/wording/wording.ts'
import { NativeSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './ImportWordings.module.css'

/** How a file is read: what its texts are unless it says so itself, and which column is what. */
export type Reading = { kind: WordingKind; language: WordingLanguage; mapping: WordingMapping | undefined }

/** The kind and the language of texts whose file does not name them. */
export function ReadingChoice({ reading, onChange }: { reading: Reading; onChange: (reading: Reading) => void }) {
  const { t } = useTranslation('wording-files')
  return (
    <div className={classes['defaults']}>
      <NativeSelect
        size="xs"
        label={t('kind')}
        value={reading.kind}
        onChange={(event) => {
          const kind = WORDING_KINDS.find((one) => one === event.currentTarget.value)
          if (kind) onChange({ ...reading, kind })
        }}
        data={WORDING_KINDS.map((value) => ({ value, label: t(`wording:kind.${value}`) }))}
      />
      <NativeSelect
        size="xs"
        label={t('language')}
        value={reading.language}
        onChange={(event) => onChange({ ...reading, language: event.currentTarget.value === 'en' ? 'en' : 'zh-Hans' })}
        data={(['zh-Hans', 'en'] as const).map((value) => ({ value, label: t(`wording:language.${value}`) }))}
      />
    </div>
  )
}
