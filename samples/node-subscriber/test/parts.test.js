import assert from 'node:assert/strict';
import { test } from 'node:test';
import { backoff } from '../src/backoff.js';
import { SeenIds } from '../src/seen.js';

test('the oldest ids are forgotten first', () => {
    const seen = new SeenIds(2);
    for (const id of ['a', 'b', 'a', 'c']) seen.add(id);
    assert.deepEqual(['a', 'b', 'c'].map((id) => seen.has(id)), [true, false, true]);
});

test('pauses grow to a bound and differ', () => {
    assert.deepEqual([backoff(1, () => 0), backoff(1, () => 1)], [100, 200]);
    assert.deepEqual([backoff(4, () => 0), backoff(4, () => 1)], [800, 1600]);
    assert.deepEqual([backoff(1000, () => 0), backoff(1000, () => 1)], [15_000, 30_000]);
});
