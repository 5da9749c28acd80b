import { Component, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

type GuardedProps = { of?: unknown; as?: 'tr' | 'li'; children: ReactNode }

/**
 * Error boundary for one record or one part of a page: a message replaces what cannot be rendered, and the rest keeps working. Logs keep
 * accepted values forever, including values that no screen expects.
 * @param of the value shown; when it changes, rendering is retried
 * @param as the element around the message where only that is allowed: a table row, a list item
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
