/** The agents' console: what they may say now. */
export function ConsolePage() {
  return <main />
}
