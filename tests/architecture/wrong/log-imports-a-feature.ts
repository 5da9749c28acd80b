// place: src/domain/log/wrong-feature.ts
// refused: no-restricted-imports
// saying: The log is a kernel that knows no feature
import type { Probe } from '../probe.ts'

export type Logged = Probe
