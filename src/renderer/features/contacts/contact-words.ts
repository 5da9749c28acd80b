import type { Failure } from '#contract/failures.ts'
import { ADDRESS_PROBLEMS } from '#domain/contacts/channel-address.ts'
import { useFailureWords } from '#ui/failure-words.ts'
import { useTranslation } from 'react-i18next'

/** The sentence for a failed command on a contact; for an invalid address, what is wrong with it. */
export function useContactFailure(): (failure: Failure) => string {
  const { t } = useTranslation('contacts')
  const word = useFailureWords()
  return (failure) => {
    const problem = ADDRESS_PROBLEMS.find((one) => failure.code === 'contact-address' && one === failure.params['problem'])
    return problem ? t(`problem.${problem}`) : word(failure)
  }
}
