import { uuidv7 } from "uuidv7";

/** A new UUIDv7: sorts by time of creation. Pass it into pure code as an argument. */
export const newId = (): string => uuidv7();

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether `value` is a UUID in canonical lower-case form, so that a foreign or malformed id is "not found" and never a database error. */
export const isId = (value: string): boolean => UUID.test(value);

/** The instant that a UUIDv7 carries, in Unix milliseconds. */
export const idTimeMs = (id: string): number => Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
