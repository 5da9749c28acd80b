/**
 * Runs that once found something, and always run: seed, steps, and what it was. What a seed does changes when the simulator
 * itself does; what was found has a test of its own beside it.
 */
export const REGRESSION_SEEDS: readonly { seed: number; steps: number; found: string }[] = []
