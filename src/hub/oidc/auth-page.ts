import { createHash } from 'node:crypto'
import type { Failure, FailureCode } from '#contract/failures.ts'
import type { Language } from '#contract/workspace-api.ts'
import english from '../../../resources/locales/en/hub-auth.json' with { type: 'json' }
import chinese from '../../../resources/locales/zh-Hans/hub-auth.json' with { type: 'json' }

/** The page shown to a browser that returns from the provider. */
export type AuthPage =
  | {
      kind: 'confirm'
      purpose: 'sign-in' | 'join' | 'link'
      ticket: string
      pageSecret: string
      code: string
      device: string
      team: string
      who: string
      account: string
    }
  | { kind: 'refused'; failure: Failure }
  | { kind: 'done' | 'declined' | 'expired' | 'used' | 'unknown' }

export const CONFIRM_PATH = '/auth/oidc/confirm'

const STYLE = `
:root{color-scheme:light dark}
body{margin:0;min-height:100vh;display:grid;place-content:center;padding:24px;box-sizing:border-box;
font:16px/1.6 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;background:light-dark(#fbfaf7,#0f1722);color:light-dark(#1c2430,#e6e9ee)}
main{display:flex;flex-direction:column;gap:16px;max-width:36em}
header{font-weight:600;color:light-dark(#0b6b62,#5cc9bb)}
h1{font-size:22px;margin:0}p{margin:0}
dl{display:grid;grid-template-columns:max-content 1fr;gap:4px 20px;margin:0;padding:12px 16px;border-left:3px solid light-dark(#0b6b62,#5cc9bb);background:light-dark(#eef4f1,#16232c)}
dt{color:light-dark(#57606d,#a9b3c0)}dd{margin:0;overflow-wrap:anywhere}
dd.code{font:600 26px/1.3 ui-monospace,"SFMono-Regular",Consolas,monospace;letter-spacing:.08em}
.warning{padding:12px 16px;border-left:3px solid light-dark(#b45309,#e0a458);background:light-dark(#fbf1e2,#2a2118)}
form{display:flex;flex-wrap:wrap;gap:12px}
button{font:inherit;font-weight:600;padding:10px 20px;border-radius:4px;border:1px solid light-dark(#8a8f98,#66707f);background:transparent;color:inherit;cursor:pointer}
button[value=yes]{background:#0b6b62;border-color:#0b6b62;color:#fff}
button:focus-visible{outline:3px solid light-dark(#0b6b62,#5cc9bb);outline-offset:2px}
`

/** Allows only this page's style, and a form that posts to this hub: the page contains a secret and the person's identity. */
export const AUTH_PAGE_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

/** Fills in the parameters of a text, each isolated from the surrounding writing direction. */
function fill(text: string, params: Record<string, string | number>): string {
  return escapeHtml(text).replaceAll(/\{\{(\w+)\}\}/g, (_whole, name: string) => `<bdi>${escapeHtml(String(params[name] ?? ''))}</bdi>`)
}

const paragraph = (html: string) => `<p>${html}</p>`

/** The reasons for a refusal, by failure code. */
function reasonsIn({ refused }: typeof english): Partial<Record<FailureCode, string>> {
  return {
    'oidc-provider-down': refused.providerDown,
    'oidc-refused': refused.providerRefused,
    'oidc-mismatch': refused.mismatch,
    'oidc-not-member': refused.notMember,
    'oidc-taken': refused.taken,
    'member-revoked': refused.revoked,
    'vendor-period-over': refused.contractOver,
    'vendor-not-yet': refused.contractNotYet,
  }
}

function bodyOf(page: AuthPage, words: typeof english): string {
  if (page.kind === 'refused') {
    const { code, params } = page.failure
    return paragraph(fill(reasonsIn(words)[code] ?? words.refused.other, params)) + paragraph(escapeHtml(words.refused.next))
  }
  if (page.kind !== 'confirm') return paragraph(escapeHtml(words[page.kind].what)) + paragraph(escapeHtml(words[page.kind].next))
  const { confirm } = words
  const asked = { 'sign-in': confirm.signIn, join: confirm.join, link: confirm.link }[page.purpose]
  return [
    paragraph(fill(asked, { who: page.who, team: page.team, account: page.account })),
    `<dl><dt>${escapeHtml(confirm.device)}</dt><dd>${escapeHtml(page.device)}</dd><dt>${escapeHtml(confirm.code)}</dt><dd class="code">${escapeHtml(page.code)}</dd></dl>`,
    paragraph(escapeHtml(confirm.compare)),
    `<p class="warning">${escapeHtml(confirm.warning)}</p>`,
    `<form method="post" action="${CONFIRM_PATH}"><input type="hidden" name="ticket" value="${escapeHtml(page.ticket)}"><input type="hidden" name="page" value="${escapeHtml(page.pageSecret)}">`,
    `<button name="answer" value="yes">${escapeHtml(confirm.yes)}</button><button name="answer" value="no">${escapeHtml(confirm.no)}</button></form>`,
  ].join('\n')
}

/** The page as self-contained HTML without a script. */
export function authPage(page: AuthPage, language: Language): string {
  const words = language === 'en' ? english : chinese
  const title = escapeHtml(words[page.kind].title)
  return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title} · 定风波 Stormroom</title>
<style>${STYLE}</style></head>
<body><main><header>定风波 Stormroom</header><h1>${title}</h1>
${bodyOf(page, words)}
</main></body>
</html>
`
}

/** The language for a browser without a ticket. @param accepted its Accept-Language */
export function languageOf(accepted: string | undefined): Language {
  return /^\s*en\b/i.test(accepted ?? '') ? 'en' : 'zh-Hans'
}
