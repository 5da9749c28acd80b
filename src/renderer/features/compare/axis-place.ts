/** Where the common axis begins and ends within its box, pixels from left and right: the same for the curves and the strip under them. */
export const AXIS_START = 52
export const AXIS_END = 72
