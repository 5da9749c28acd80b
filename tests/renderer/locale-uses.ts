/** Where code requests a text. `key` holds `*` for a part that is only known at run time. */
export type Use = { namespace: string; key: string; path: string }

const CALL = /(?<![\w.])(?:t|i18n\.t)\(/g
/** Of the app's screens, and of the pages that the hub serves. */
const NAMESPACE = /(?:useTranslation\(|TFunction<|useWords\()\s*'([\w-]+)'/

/** All keys that a source file requests through `t` and `i18nKey`. The file's namespace is that of its `useTranslation`. */
export function usesIn(path: string, text: string): Use[] {
  const own = NAMESPACE.exec(text)?.[1] ?? ''
  const keys = [...text.matchAll(CALL)].flatMap((call) => literalsOf(firstArgument(text, call.index + call[0].length)))
  keys.push(...[...text.matchAll(/i18nKey=(?:\{`([^`]*)`\}|"([^"]*)")/g)].map((match) => patternOf(match[1] ?? match[2] ?? '')))
  return keys.map((key) => {
    const [namespace, rest] = key.includes(':') ? key.split(':', 2) : [own, key]
    return { namespace: namespace ?? own, key: rest ?? key, path }
  })
}

/** The text from `start` to the comma or bracket that ends the first argument. */
function firstArgument(text: string, start: number): string {
  let depth = 0
  let quote = ''
  for (let at = start; at < text.length; at += 1) {
    const sign = text[at] ?? ''
    if (quote) {
      if (sign === quote) quote = ''
    } else if (sign === "'" || sign === '`') quote = sign
    else if (sign === '(' || sign === '[' || sign === '{') depth += 1
    else if (depth > 0 && (sign === ')' || sign === ']' || sign === '}')) depth -= 1
    else if (depth === 0 && (sign === ',' || sign === ')')) return text.slice(start, at)
  }
  return ''
}

/** The keys that an expression can produce: its string literals, except those that are compared with. */
function literalsOf(expression: string): string[] {
  const found: string[] = []
  for (const match of expression.matchAll(/([!=]==\s*)?(?:'([^']*)'|`([^`]*)`)/g)) {
    if (match[1] === undefined) found.push(patternOf(match[2] ?? match[3] ?? ''))
  }
  return found
}

function patternOf(template: string): string {
  return template.replaceAll(/\$\{[^}]*\}/g, '*')
}
