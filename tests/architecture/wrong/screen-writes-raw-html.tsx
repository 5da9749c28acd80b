// place: src/renderer/features/incidents/WrongHtml.tsx
// refused: no-danger
// saying:
export function WrongHtml({ html }: { html: string }) {
  return <p dangerouslySetInnerHTML={{ __html: html }} />
}
