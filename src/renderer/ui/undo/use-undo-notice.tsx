import type { Failure, Result } from '#contract/failures.ts'
import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useFailureWords } from '../failure-words.ts'
import { UndoKey } from './UndoKey.tsx'
import { setUndoOffer, undoOffer, type UndoOffer } from './undo-offer.ts'
import classes from './UndoNotice.module.css'

/** How long undo is offered. Milliseconds. */
const OFFERED_MS = 10_000

/**
 * Shows a message and offers undo for ten seconds, by a button in the notification or the key Z. Without `undo` it shows only the message.
 * If the undo fails, the reason is shown. With `stays` the offer remains until it is closed: for acts that take a while to judge.
 */
export function useUndoNotice(): (message: string, undo?: () => Promise<Result<unknown>>, stays?: boolean) => void {
  const { t } = useTranslation('ui')
  const word = useFailureWords()
  return useCallback(
    (message, undo, stays = false) => {
      const closeButtonProps = { 'aria-label': t('close') }
      if (!undo) return void notifications.show({ message, closeButtonProps, autoClose: OFFERED_MS, withBorder: true })
      const refused = (failure: Failure) =>
        notifications.show({ message: word(failure), closeButtonProps, color: 'red', autoClose: false, withBorder: true })
      const take = () => {
        withdraw()
        void undo().then((result) => {
          if (!result.ok) refused(result.failure)
        })
      }
      const offer: UndoOffer = { label: message, undo: take }
      const id = notifications.show({
        message: (
          <span className={classes['line']}>
            <span>{message}</span>
            <Button variant="default" size="compact-sm" onClick={take} rightSection={<UndoKey offer={offer} />}>
              {t('undo.act')}
            </Button>
          </span>
        ),
        closeButtonProps,
        autoClose: stays ? false : OFFERED_MS,
        withBorder: true,
        onClose: () => {
          if (undoOffer() === offer) setUndoOffer(null)
        },
      })
      const withdraw = () => notifications.hide(id)
      setUndoOffer(offer)
    },
    [t, word],
  )
}
