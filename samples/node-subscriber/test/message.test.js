import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { readMessage } from '../src/message.js';

// Where the contracts are when this folder is not in its repository.
const EXAMPLES = process.env.CONTRACT_EXAMPLES ?? new URL('../../../contracts/examples/1.0', import.meta.url).pathname;

const examples = readdirSync(EXAMPLES).map((file) => [file, JSON.parse(readFileSync(`${EXAMPLES}/${file}`, 'utf8'))]);
const completed = examples.find(([file]) => file === 'course-completed.json')[1];
const bytes = (json) => new TextEncoder().encode(JSON.stringify(json));
const changed = (change) => {
    const body = structuredClone(completed.body);
    change(body);
    return bytes(body);
};

for (const [file, example] of examples) {
    test(`the golden message ${file} is read`, () => {
        const verdict = readMessage(bytes(example.body), example.headers);
        if (!file.startsWith('course-')) return assert.equal(verdict.is, 'unknown');

        assert.equal(verdict.is, 'event');
        const { message } = example.body;
        for (const name of ['eventId', 'company', 'assignmentId', 'version', 'employeeId', 'kind', 'status', 'occurredAt'])
            assert.equal(verdict.event[name], message[name]);
        assert.equal(verdict.event.type.toLowerCase(), `course${message.kind}`);
    });
}

test('a replayed message says so', () => {
    const read = (headers) => readMessage(bytes(completed.body), { ...completed.headers, ...headers });
    assert.equal(read({}).event.replayed, false);
    assert.equal(read({ replayed: true }).event.replayed, true);
    assert.equal(read({ replayed: 'True' }).event.replayed, true);
});

test('what is added later does not matter', () => {
    const body = changed((envelope) => {
        envelope.message.kind = 'paused';
        envelope.message.newMember = { any: 'thing' };
        envelope.messageType.unshift('urn:message:RuangKerja.Events.Contracts:CoursePaused');
    });
    const { is, event } = readMessage(body, completed.headers);
    assert.deepEqual([is, event.type, event.kind, event.newMember], ['event', 'CoursePaused', 'paused', undefined]);
});

for (const [what, body] of [
    ['no JSON', new TextEncoder().encode('{')],
    ['no UTF-8', Uint8Array.of(0x22, 0xff, 0x22)],
    ['nothing', new Uint8Array()],
    ['no envelope', bytes([])],
    ['null', bytes(null)],
    ['no message', changed((envelope) => delete envelope.message)],
    ['no eventId', changed((envelope) => delete envelope.message.eventId)],
    ['a version that is text', changed((envelope) => (envelope.message.version = '6'))],
    ['another event than its headers tell', changed((envelope) => (envelope.message.eventId = 'other'))],
])
    test(`${what} is unreadable`, () => assert.equal(readMessage(body, completed.headers).is, 'unreadable'));

test('a type of others is unknown', () => {
    const body = changed((envelope) => (envelope.messageType = ['urn:message:Payroll:Paid']));
    assert.deepEqual(readMessage(body, {}), { is: 'unknown', reason: 'urn:message:Payroll:Paid' });
});
