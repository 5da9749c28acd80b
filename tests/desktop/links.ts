/** Addresses that may be opened outside, each with how it is opened. */
export const LINKS_OPENED: readonly (readonly [string, string])[] = [
  ['https://weibo.com/status/1', 'https://weibo.com/status/1'],
  ['HTTPS://Example.COM', 'https://example.com/'],
  ['https://中国.example/新闻', 'https://xn--fiqs8s.example/%E6%96%B0%E9%97%BB'],
  ['https://example.com:8443/a?b=c#d', 'https://example.com:8443/a?b=c#d'],
  ['mailto:pr@example.com', 'mailto:pr@example.com'],
  ['mailto:pr@example.com?subject=a&body=b', 'mailto:pr@example.com?subject=a&body=b'],
  ['tel:+861012345678', 'tel:+861012345678'],
  ['https://10.1.2.3/report', 'https://10.1.2.3/report'],
  ['tel:12315', 'tel:12315'],
]

/** Addresses that are never opened. */
export const LINKS_REFUSED: readonly string[] = [
  '', 'example.com', '//example.com', '/etc/passwd', 'http://example.com', 'ftp://example.com', 'file:///etc/passwd', 'file://server/share', 'FILE:///C:/Windows/System32/calc.exe',
  'smb://server/share', 'javascript:alert(1)', 'JaVaScRiPt:alert(1)', 'java\nscript:alert(1)', 'data:text/html,<script>1</script>', 'blob:https://example.com/1', 'vbscript:x', 'about:blank',
  'chrome://settings', 'devtools://devtools', 'app://stormroom/', 'view-source:https://example.com', 'ms-msdt:/id', 'ms-officecmd:{}', 'ms-settings:', 'search-ms:query=x', 'shell:startup', 'steam://run/1',
  'vscode://file/etc/passwd', 'ssh://host', 'telnet://host', 'ldap://host', 'intent://scan#Intent;end', 'wss://example.com', 'ws://127.0.0.1', 'https://', 'https:///x', 'https://user@example.com',
  'https://user:secret@example.com', 'https://example.com/a b', ' https://example.com', 'https://example.com\\@evil.example', 'https://example.com\u0000', 'https://example.com/\u202e\r\nx',
  'https://localhost/x', 'https://LOCALHOST./x', 'https://a.localhost/', 'https://127.0.0.1:4710/', 'https://2130706433/', 'https://0x7f.1/', 'https://[::1]/', 'https://[::ffff:127.0.0.1]/', 'https://0.0.0.0/', 'https://[::]/',
  'mailto:a@b.c%0d%0aBcc:x@y.z', 'mailto:a@example.com?subject=%0d%0aBcc:x@y.z', 'mailto:a@example.com?body=a%0Ab', 'mailto:a%2540@example.com%00', 'mailto:a@example.com?subject=%', 'mailto:', 'mailto:a@b@c', 'mailto:a@example.com?attach=/etc/passwd', 'mailto:a@example.com?attachment=x', 'tel:', 'tel:+1;phone-context=x', 'tel:112?x', 'tel:*#06#', `https://example.com/${'a'.repeat(2000)}`,
]
