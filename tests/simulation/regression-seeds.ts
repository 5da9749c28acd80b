/**
 * Runs that once found a fault and therefore always run: seed, steps, and the fault. The effect of a seed changes with the
 * simulator, so each fault also has a test of its own.
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
