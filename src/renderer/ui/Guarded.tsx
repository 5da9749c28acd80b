import { Component, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

type GuardedProps = { of?: unknown; as?: 'tr' | 'li'; children: ReactNode }

/**
 * One record, or one part of a page: what cannot be shown of it is said in its place, and everything beside it goes on. Logs
 * keep for ever what was once accepted, also values that nobody thought of.
 * @param of what is shown; once that is another, it is tried again
 * @param as what stands around it where only that may stand: a row of a table, an item of a list
 */
export class Guarded extends Component<GuardedProps, { failed: boolean; of: unknown }> {
  override state = { failed: false, of: this.props.of }

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true }
  }

  static getDerivedStateFromProps(props: GuardedProps, state: { of: unknown }): { failed: boolean; of: unknown } | null {
    return props.of === state.of ? null : { failed: false, of: props.of }
  }

  override render(): ReactNode {
    return this.state.failed ? <NotShown as={this.props.as} /> : this.props.children
  }
}

function NotShown({ as }: { as: 'tr' | 'li' | undefined }) {
  const { t } = useTranslation('ui')
  const words = <span data-not-shown="">{t('notShown')}</span>
  if (as === 'li') return <li>{words}</li>
  if (as !== 'tr') return words
  return (
    <tr>
      <td colSpan={100}>{words}</td>
    </tr>
  )
}
