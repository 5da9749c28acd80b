/**
 * Renames pasted pictures, which browsers all call `image.png`, to distinct names: `截图 2026-11-22 15.30.05.png`.
 * @param at when they were pasted, milliseconds since 1970
 */
export function nameScreenshots(files: readonly File[], at: number, word: string): File[] {
  const date = new Date(at)
  const two = (value: number) => String(value).padStart(2, '0')
  const stamp = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}.${two(date.getMinutes())}.${two(date.getSeconds())}`
  return files.map((file, index) => {
    const extension = /^image\.(\w+)$/.exec(file.name)?.[1]
    if (extension === undefined) return file
    return new File([file], `${word} ${stamp}${index > 0 ? ` (${index + 1})` : ''}.${extension}`, { type: file.type })
  })
}
