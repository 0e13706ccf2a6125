/** Why a tested state may wait after an interval next to it has left the target. */
export const ONE_LOOK = 'the interval is for one look; the state is valid at every look, and needs more evidence';
