/**
 * What a message says. Pure: bytes and headers in, a verdict out.
 *
 * @typedef {object} CourseEvent what this sample uses of an event; contracts/schemas has all members
 * @property {string} eventId the same in every delivery of the event
 * @property {string} type the event's most exact type, such as CourseCompleted
 * @property {string} company
 * @property {string} assignmentId what `version` counts
 * @property {number} version 1, 2, 3 … per assignment, without gaps over all kinds
 * @property {string} employeeId
 * @property {string} courseName
 * @property {string} kind such as completed; new words may be added
 * @property {string} status
 * @property {string} occurredAt RFC 3339
 * @property {boolean} replayed whether it was asked for once more
 *
 * @typedef {{ is: 'event', event: CourseEvent }
 *   | { is: 'unknown', reason: string }
 *   | { is: 'unreadable', reason: string }} Verdict
 */

const TYPE_PREFIX = 'urn:message:RuangKerja.Events.Contracts:';
const BASE_TYPE = `${TYPE_PREFIX}CourseStatusChanged`;

/** The members without which an event cannot be handled, and their types. */
const NEEDED = Object.entries({
    eventId: 'string',
    company: 'string',
    assignmentId: 'string',
    version: 'number',
    employeeId: 'string',
    courseName: 'string',
    kind: 'string',
    status: 'string',
    occurredAt: 'string',
});

/**
 * Reads a message in MassTransit's envelope.
 *
 * Unknown is what others may send here and we have no use for: it is acknowledged. Unreadable is what was meant for us and is
 * broken: it goes to the dead-letter queue.
 *
 * @param {Uint8Array} body
 * @param {Record<string, unknown>} [headers] the message's AMQP headers
 * @returns {Verdict}
 */
export function readMessage(body, headers = {}) {
    const envelope = parse(body);
    if (envelope === undefined) return unreadable('the body is no JSON in UTF-8');
    if (!isObject(envelope) || !Array.isArray(envelope.messageType)) return unreadable('there is no envelope');

    const types = envelope.messageType.filter((type) => typeof type === 'string');
    if (!types.includes(BASE_TYPE)) return { is: 'unknown', reason: types.join(', ') || 'no type' };

    const { message } = envelope;
    if (!isObject(message)) return unreadable('the envelope holds no message');
    const missing = NEEDED.filter(([name, type]) => typeof message[name] !== type).map(([name]) => name);
    if (missing.length > 0) return unreadable(`without ${missing.join(', ')}`);
    // CloudEvents and the envelope tell of the same event, or something on the way is broken.
    const id = headers['cloudEvents:id'];
    if (id !== undefined && id !== message.eventId) return unreadable(`cloudEvents:id ${id} is not ${message.eventId}`);

    const event = Object.fromEntries(NEEDED.map(([name]) => [name, message[name]]));
    const exact = types.find((type) => type.startsWith(TYPE_PREFIX) && type !== BASE_TYPE) ?? BASE_TYPE;
    return {
        is: 'event',
        event: /** @type {CourseEvent} */ ({
            ...event,
            type: exact.slice(TYPE_PREFIX.length),
            replayed: isTrue(headers.replayed),
        }),
    };
}

/** @param {unknown} header MassTransit writes headers of its own as text. */
const isTrue = (header) => header === true || String(header).toLowerCase() === 'true';

/** @param {string} reason @returns {Verdict} */
const unreadable = (reason) => ({ is: 'unreadable', reason });

/** @param {unknown} value @returns {value is Record<string, any>} */
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** @param {Uint8Array} body @returns {unknown} undefined when it is none */
function parse(body) {
    try {
        return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
    } catch {
        return undefined;
    }
}
