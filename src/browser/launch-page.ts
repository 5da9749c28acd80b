import { createHash } from 'node:crypto'
import english from '../../resources/locales/en/launch.json' with { type: 'json' }
import chinese from '../../resources/locales/zh-Hans/launch.json' with { type: 'json' }

const STYLE = `
:root{color-scheme:light dark}
body{margin:0;min-height:100vh;display:grid;place-content:center;gap:24px;padding:24px;box-sizing:border-box;
font:16px/1.6 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;background:light-dark(#fbfaf7,#0f1722);color:light-dark(#1c2430,#e6e9ee)}
h1{font-size:20px;margin:0}h2{font-size:16px;margin:0 0 4px}p{margin:0;max-width:40em}section+section{border-top:1px solid light-dark(#ddd8cc,#2a3646);padding-top:24px}
`

/** The hash of the only inline style, for the content policy of this page. */
export const LAUNCH_STYLE_SOURCE = `'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`

export type LaunchNotice = 'spent' | 'no-session'

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

/** A page for a visitor without a session, in both languages, because the language is unknown. */
export function launchPage(notice: LaunchNotice): string {
  const section = (lang: string, words: typeof english) =>
    `<section lang="${lang}"><h2>${escapeHtml(words[notice].title)}</h2><p>${escapeHtml(words[notice].what)}</p><p>${escapeHtml(words[notice].next)}</p></section>`
  return `<!doctype html>
<html lang="zh-Hans">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>定风波 · Stormroom</title>
<style>${STYLE}</style></head>
<body><h1>定风波 · Stormroom</h1>${section('zh-Hans', chinese)}${section('en', english)}</body>
</html>
`
}

/** A page that redirects to an address of ours. @param address without anything that needs escaping */
export function onwardPage(address: string): string {
  return `<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=${escapeHtml(address)}"><title>定风波 · Stormroom</title>`
}
