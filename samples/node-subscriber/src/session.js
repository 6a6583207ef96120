import amqp from 'amqplib';
import { readMessage } from './message.js';

const EXCHANGE = 'ruangkerja.events';
const HEARTBEAT_SECONDS = 10;
const CONNECT_MILLISECONDS = 10_000;

/**
 * @typedef {object} Settings
 * @property {string} url amqp://user:password@host:port/vhost
 * @property {string} queue a queue of this subscriber's own
 * @property {string} pattern of the routing key {company}.{kind}
 * @property {number} prefetch how many messages the broker hands out ahead
 *
 * @typedef {object} Handlers
 * @property {(event: import('./message.js').CourseEvent) => Promise<void>} handle does the work; acknowledged when it is done
 * @property {(text: string) => void} log
 * @property {import('./seen.js').SeenIds} seen outlives the session
 */

/** One connection, from declaring to its end. */
export class Session {
    #settings;
    #handlers;
    /** @type {import('amqplib').ChannelModel | undefined} */
    #connection;
    /** @type {import('amqplib').Channel | undefined} */
    #channel;
    #consumerTag = '';
    /** One after the other: messages of one assignment come in order, and are to be handled so. */
    #work = Promise.resolve();
    #isOver = false;
    /** @type {(reason: string) => void} */
    #end = () => {};

    /** Ends with the reason when the session does; never fails. @type {Promise<string>} */
    ended = new Promise((resolve) => {
        this.#end = resolve;
    });

    /** @param {Settings} settings @param {Handlers} handlers */
    constructor(settings, handlers) {
        this.#settings = settings;
        this.#handlers = handlers;
    }

    /** Connects, declares and consumes. Fails when it cannot; then call {@link stop}. */
    async start() {
        const { url, queue, pattern, prefetch } = this.#settings;
        const address = new URL(url);
        address.searchParams.set('heartbeat', String(HEARTBEAT_SECONDS));
        const connection = await amqp.connect(address.href, { timeout: CONNECT_MILLISECONDS });
        this.#connection = connection;
        connection.on('error', () => {}); // 'close' follows, with the reason
        connection.on('close', (error) => this.#finish(`the connection ended: ${error?.message ?? 'closed'}`));

        const channel = await connection.createChannel();
        this.#channel = channel;
        channel.on('error', (error) => this.#finish(error.message));
        channel.on('close', () => this.#finish('the channel ended'));

        const deadLetters = `${queue}-dead-letters`;
        // As the service declares it: whoever comes first makes it.
        await channel.assertExchange(EXCHANGE, 'topic', { durable: true });
        await channel.assertQueue(deadLetters, { durable: true, arguments: { 'x-queue-type': 'quorum' } });
        await channel.assertQueue(queue, {
            durable: true,
            arguments: {
                'x-queue-type': 'quorum',
                // What kills this process again and again is poison, too.
                'x-delivery-limit': 20,
                'x-dead-letter-exchange': '',
                'x-dead-letter-routing-key': deadLetters,
            },
        });
        await channel.bindQueue(queue, EXCHANGE, pattern);
        await channel.prefetch(prefetch);
        ({ consumerTag: this.#consumerTag } = await channel.consume(queue, (message) => this.#take(message)));
    }

    /** Takes nothing more, finishes what is under way, and closes. Never fails. */
    async stop() {
        await ignoreFailure(this.#channel?.cancel(this.#consumerTag));
        await this.#work;
        this.#finish('stopped');
        // What was handed out and not begun goes back to the queue.
        await ignoreFailure(this.#channel?.close());
        await ignoreFailure(this.#connection?.close());
    }

    /** @param {import('amqplib').ConsumeMessage | null} message */
    #take(message) {
        if (message === null) return this.#finish('the queue was deleted');
        this.#work = this.#work.then(() => this.#handle(message));
    }

    /** @param {import('amqplib').ConsumeMessage} message */
    async #handle(message) {
        if (this.#isOver) return; // it comes again over the next connection
        const { handle, log, seen } = this.#handlers;
        const verdict = readMessage(message.content, message.properties.headers);
        if (verdict.is === 'unreadable') {
            log(`To the dead-letter queue: message ${message.properties.messageId}, ${verdict.reason}.`);
            return this.#settle((channel) => channel.nack(message, false, false));
        }
        if (verdict.is === 'unknown') log(`Not for us: message ${message.properties.messageId}, ${verdict.reason}.`);

        try {
            if (verdict.is === 'event' && !seen.has(verdict.event.eventId)) {
                await handle(verdict.event);
                seen.add(verdict.event.eventId);
            }
        } catch (error) {
            log(`Not handled, and tried again: message ${message.properties.messageId}: ${error}`);
            return this.#settle((channel) => channel.nack(message, false, true));
        }
        this.#settle((channel) => channel.ack(message));
    }

    /** @param {(channel: import('amqplib').Channel) => void} settle */
    #settle(settle) {
        try {
            if (this.#channel && !this.#isOver) settle(this.#channel);
        } catch (error) {
            this.#finish(String(error)); // closed meanwhile: the broker hands it out again
        }
    }

    /** @param {string} reason */
    #finish(reason) {
        this.#isOver = true;
        this.#end(reason);
    }
}

/** @param {PromiseLike<unknown> | undefined} work */
async function ignoreFailure(work) {
    try {
        await work;
    } catch {
        // What was to be closed is closed already.
    }
}
