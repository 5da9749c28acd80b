type TrustedTypes = { createPolicy(name: string, rules: { createHTML(text: string): string | null }): unknown }

/** Trusted Types policy that rejects all HTML strings except the empty one, which the chart library assigns to clear its element. */
export function allowOnlyEmptyMarkup(): void {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes }
  trustedTypes?.createPolicy('default', { createHTML: (text) => (text === '' ? '' : null) })
}
