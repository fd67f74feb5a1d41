import { V7Generator } from "uuidv7";

/** Random numbers are fetched this many at a time: asking for a few costs as much as asking for all. */
const pool = new Uint32Array(1024);
let used = pool.length;

const generator = new V7Generator({
  nextUint32() {
    if (used === pool.length) {
      globalThis.crypto.getRandomValues(pool);
      used = 0;
    }
    return pool[used++] ?? 0;
  },
});

/** A new UUIDv7: sorts by time of creation. Pass it into pure code as an argument. */
export const newId = (): string => generator.generate().toString();

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether `value` is a UUID in canonical lower-case form, so that a foreign or malformed id is "not found" and never a database error. */
export const isId = (value: string): boolean => UUID.test(value);
