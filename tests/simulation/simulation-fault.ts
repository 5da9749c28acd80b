/** A property that did not hold, named as in the sync study. */
export class SimulationFault extends Error {
  override readonly name = 'SimulationFault'
  readonly property: string
  constructor(property: string, detail: string) {
    super(`${property}: ${detail}`)
    this.property = property
  }
}

/** @throws SimulationFault unless the property holds */
export function hold(property: string, is: boolean, detail: () => string): void {
  if (!is) throw new SimulationFault(property, detail())
}
