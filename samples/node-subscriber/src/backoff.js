const FIRST = 200;
const LONGEST = 30_000;

/**
 * How long to wait before connecting again: doubled with each failure, and anything up to that, so that all who lost the same
 * broker do not come back at once.
 *
 * @param {number} failures in a row, 1 or more
 * @param {() => number} [random] 0 to 1
 * @returns {number} milliseconds
 */
export function backoff(failures, random = Math.random) {
    const longest = Math.min(LONGEST, FIRST * 2 ** (failures - 1));
    return Math.round(longest / 2 + (random() * longest) / 2);
}
