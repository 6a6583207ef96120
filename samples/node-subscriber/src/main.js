import { setTimeout as wait } from 'node:timers/promises';
import { backoff } from './backoff.js';
import { SeenIds } from './seen.js';
import { Session } from './session.js';

// The URL holds a password: it is no argument, since others can see the command line.
const settings = {
    url: process.env.RABBITMQ_URL ?? 'amqp://guest:guest@127.0.0.1:5672/',
    queue: process.env.QUEUE ?? 'node-subscriber',
    pattern: process.argv[2] ?? '*.completed',
    prefetch: 50,
};
const handlers = {
    // The work: here a line for each event. An effect elsewhere must be such that doing it twice does no harm.
    handle: async (event) => void process.stdout.write(`${JSON.stringify(event)}\n`),
    log: (text) => void process.stderr.write(`${text}\n`),
    // Enough for duplicates that follow one another. Forgotten when the process ends: README.md says what production needs.
    seen: new SeenIds(100_000),
};

const stopping = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => stopping.abort());
const stopped = new Promise((resolve) => stopping.signal.addEventListener('abort', resolve));

let failures = 0;
while (!stopping.signal.aborted) {
    const session = new Session(settings, handlers);
    let reason;
    try {
        await session.start();
        handlers.log(`Consuming from ${settings.queue}, bound to ${settings.pattern}.`);
        failures = 0;
        reason = await Promise.race([session.ended, stopped]);
    } catch (error) {
        reason = error instanceof Error ? error.message || error.name : String(error);
    }
    await session.stop();
    if (stopping.signal.aborted) break;

    const pause = backoff(++failures);
    handlers.log(`Trying again in ${pause} ms: ${reason}.`);
    await wait(pause, undefined, { signal: stopping.signal }).catch(() => {});
}
handlers.log('Stopped.');
