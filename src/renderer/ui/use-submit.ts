import type { Failure, Result } from '#contract/failures.ts'
import { useState } from 'react'

/** What a form needs to submit, see {@link useSubmit}. */
export type Submit = {
  submit: () => void
  /** Whether a submit was refused because of the fields; from then on they show what is missing. */
  tried: boolean
  busy: boolean
  failure: Failure | null
  /** Why it cannot be submitted now; null if it can. */
  barred: string | null
}

/** A command as `useAct` or `usePermittedAct` returns it. */
type Command<Input, Output> = {
  act: (input: Input) => Promise<Result<Output>>
  busy: boolean
  failure: Failure | null
  barred?: string | null
}

type Options<Input, Output> = {
  /** The input of the command, or null while a field is missing or invalid. */
  input: Input | null
  /** Why it cannot be submitted, such as that nothing was changed; null if it can. */
  barred?: string | null
  /** Called with the command's answer once it succeeded; a failure is shown by the form. */
  onDone: (output: Output) => void
}

/** Submits a form by a command: once at a time, only with valid fields, and not while it is barred. */
export function useSubmit<Input, Output>(
  command: Command<Input, Output>,
  { input, barred = null, onDone }: Options<Input, Output>,
): Submit {
  const [tried, setTried] = useState(false)
  const reason = command.barred ?? barred
  const submit = () => {
    setTried(true)
    if (input === null || reason !== null || command.busy) return
    void command.act(input).then((result) => {
      if (!result.ok) return
      setTried(false)
      onDone(result.value)
    })
  }
  return { submit, tried, busy: command.busy, failure: command.failure, barred: reason }
}
