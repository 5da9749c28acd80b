/**
 * Runs that once found something, and always run: seed, steps, and what it was. What a seed does changes when the simulator
 * itself does; what was found has a test of its own beside it.
 */
export const REGRESSION_SEEDS: readonly { seed: number; steps: number; found: string }[] = [
  { seed: 50010, steps: 220, found: 'a refusal that lay behind a snapshot of the private scope was told to nobody' },
  { seed: 50195, steps: 220, found: 'own ops that came back within a snapshot were not offered again to a restored hub' },
  { seed: 50291, steps: 220, found: 'half a snapshot of an incident stayed on disk after the right to it was lost' },
  {
    seed: 50396,
    steps: 220,
    found: 'P7: own records of an older life of the log were kept beside a snapshot of a hub restored once more, and looked like a fork',
  },
  {
    seed: 60015,
    steps: 220,
    found: 'P10: what another log of the hub had said stayed in the free pages of a device that was never told it had lost the incident',
  },
  { seed: 50390, steps: 220, found: 'P5: an op of such a record was offered to nobody again' },
]
