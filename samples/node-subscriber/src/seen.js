/** The ids seen last: so many, the oldest forgotten first. */
export class SeenIds {
    /** @type {Set<string>} in the order of adding */
    #ids = new Set();
    #room;

    /** @param {number} room how many are remembered, 1 or more */
    constructor(room) {
        this.#room = room;
    }

    /** @param {string} id @returns {boolean} whether it is remembered */
    has(id) {
        return this.#ids.has(id);
    }

    /** @param {string} id remembered from now on */
    add(id) {
        this.#ids.delete(id);
        this.#ids.add(id);
        if (this.#ids.size > this.#room) {
            const [oldest] = this.#ids;
            this.#ids.delete(oldest);
        }
    }
}
